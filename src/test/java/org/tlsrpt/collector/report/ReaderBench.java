package org.tlsrpt.collector.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How many megabytes of JSON a second the reader takes, beside a scan of Jackson's tokens that
 * looks at none. {@code bench/reader} makes the documents and runs it. Both take turns, so that
 * both meet the same machine; the first turns warm up and do not count.
 */
@Tag("bench")
class ReaderBench {

  private static final Logger log = LoggerFactory.getLogger(ReaderBench.class);

  private static final int TURNS = 15;
  private static final int WARMING = 5;
  private static final long NANOS = 500_000_000;

  private final JsonFactory json = new JsonFactory();
  private final ReportReader reader = new ReportReader(ReportReader.Limits.DEFAULT);

  @Test
  void readsBesideABareScan() throws IOException {
    var documents = documents(Path.of(System.getProperty("bench.files")));
    var read = new ArrayList<Double>();
    var scanned = new ArrayList<Double>();
    for (var turn = 0; turn < TURNS; turn++) {
      read.add(megabytesASecond(documents, this::read));
      scanned.add(megabytesASecond(documents, this::scan));
    }
    log.info(
        "{} documents, MB/s: reader {}, scan {}", documents.size(), median(read), median(scanned));
  }

  private long read(byte[] document) {
    if (!(reader.read(document, null) instanceof Reading.Read)) {
      throw new IllegalStateException("all of them are reports");
    }
    return document.length;
  }

  private long scan(byte[] document) {
    try (var parser = json.createParser(ObjectReadContext.empty(), document)) {
      while (parser.nextToken() != null) {
        // only that
      }
    }
    return document.length;
  }

  private static double megabytesASecond(List<byte[]> documents, ToLongFunction<byte[]> each) {
    var bytes = 0L;
    var begin = System.nanoTime();
    long took;
    do {
      for (var document : documents) {
        bytes += each.applyAsLong(document);
      }
      took = System.nanoTime() - begin;
    } while (took < NANOS);
    return Math.round(bytes * 10_000.0 / took) / 10.0;
  }

  private static double median(List<Double> all) {
    return all.stream().skip(WARMING).sorted().toList().get((TURNS - WARMING) / 2);
  }

  private static List<byte[]> documents(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(ReaderBench::inflated).toList();
    }
  }

  private static byte[] inflated(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
