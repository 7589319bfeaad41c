package org.tlsrpt.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tlsrpt.collector.report.Reading;
import org.tlsrpt.collector.report.ReportReader;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Megabytes of JSON a second: the reader beside a scan of Jackson's tokens that looks at none. One
 * call is about one document, the next in turn. The folder comes in the property "files".
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReaderBenchmark {

  private final JsonFactory json = new JsonFactory();
  private final ReportReader reader = new ReportReader(ReportReader.Limits.DEFAULT);
  private List<byte[]> documents;
  private int next;

  /** What was read, given by JMH as a rate. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {
    private long bytes;

    @Setup(Level.Iteration)
    public void begin() {
      bytes = 0;
    }

    public double megabytes() {
      return bytes / 1e6;
    }
  }

  @Setup
  public void documents() throws IOException {
    try (var files = Files.walk(Path.of(System.getProperty("files")))) {
      documents =
          files.filter(Files::isRegularFile).sorted().map(ReaderBenchmark::inflated).toList();
    }
  }

  @Benchmark
  public Object reader(Read read) {
    var document = next();
    read.bytes += document.length;
    if (reader.read(document, null) instanceof Reading.Read report) {
      return report;
    }
    throw new IllegalStateException("all of them are reports");
  }

  @Benchmark
  public int scan(Read read) {
    var document = next();
    read.bytes += document.length;
    var tokens = 0;
    try (var parser = json.createParser(ObjectReadContext.empty(), document)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  private byte[] next() {
    next = next + 1 == documents.size() ? 0 : next + 1;
    return documents.get(next);
  }

  private static byte[] inflated(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
