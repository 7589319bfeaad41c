package org.tlsrpt.collector.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Finds out what a file or stream is, by its first bytes, and reads it. */
final class ImportReader {

  private static final int HEAD = 512;
  private static final int BUFFER = 64 * 1024;

  private final ImportRun run;
  private final ImportLimits limits;

  ImportReader(ImportRun run, ImportLimits limits) {
    this.run = run;
    this.limits = limits;
  }

  /** What the first bytes, without gzip, say. */
  private enum Kind {
    NOTHING,
    TAR,
    MAILBOX,
    JSON,
    OTHER
  }

  /** Reads a stream that must be an archive of some kind. */
  void stream(String name, InputStream in) throws IOException {
    var counted = new CountedInput(in, run);
    try {
      var plain = inflated(new BufferedInputStream(counted, BUFFER));
      var kind = kind(plain);
      switch (kind) {
        case NOTHING -> run.refuse(name, "It is empty.");
        case OTHER -> run.refuse(name, "It is neither tar nor NDJSON nor a mailbox.");
        case TAR, MAILBOX, JSON -> archive(kind, name, plain);
      }
    } catch (ImportRun.Stopped e) {
      throw e;
    } catch (IOException e) {
      if (counted.isBroken()) {
        throw e;
      }
      run.refuse(name, damaged(e));
    }
  }

  /** Reads a file; what cannot be read is refused. */
  void file(Path file, long size) throws ImportRun.Stopped {
    var name = file.toString();
    try (var in = new CountedInput(Files.newInputStream(file), run)) {
      var raw = new BufferedInputStream(in, BUFFER);
      var kind = kindOf(file);
      switch (kind) {
        case NOTHING -> run.refuse(name, "It is empty.");
        case TAR, MAILBOX -> archive(kind, name, inflated(raw));
        case JSON, OTHER -> {
          if (isLines(name)) {
            archive(Kind.JSON, name, inflated(raw));
          } else {
            whole(name, raw, size);
          }
        }
      }
    } catch (ImportRun.Stopped e) {
      throw e;
    } catch (IOException e) {
      run.refuse(name, damaged(e));
    }
  }

  private void archive(Kind kind, String name, InputStream in) throws IOException {
    switch (kind) {
      case TAR -> new TarImport(run, limits).read(name, in);
      case MAILBOX -> new MailboxImport(run, limits).read(name, in);
      default -> new LinesImport(run, limits).read(name, in);
    }
  }

  private void whole(String name, InputStream in, long size) throws IOException {
    var body = size > limits.inflated() ? null : in.readNBytes(limits.inflated() + 1);
    if (body == null || body.length > limits.inflated()) {
      run.refuse(name, "It is larger than a report may be.");
    } else {
      run.found(name, body, Origin.UNKNOWN);
    }
  }

  private static Kind kindOf(Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), HEAD * 4)) {
      return kind(inflated(in));
    } catch (IOException e) {
      // gzip that is damaged at its beginning is the intake's to judge
      return Files.size(file) == 0 ? Kind.NOTHING : Kind.OTHER;
    }
  }

  private static BufferedInputStream inflated(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    var isGzip = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return isGzip
        ? new BufferedInputStream(
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get(),
            BUFFER)
        : in;
  }

  private static Kind kind(BufferedInputStream in) throws IOException {
    in.mark(HEAD);
    var head = in.readNBytes(HEAD);
    in.reset();
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (head.length == 0) {
      return Kind.NOTHING;
    }
    if (TarArchiveInputStream.matches(head, head.length)) {
      return Kind.TAR;
    }
    if (text.startsWith("From ")) {
      return Kind.MAILBOX;
    }
    return text.stripLeading().startsWith("{") ? Kind.JSON : Kind.OTHER;
  }

  private static boolean isLines(String name) {
    var lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return lower.endsWith(".ndjson") || lower.endsWith(".jsonl");
  }

  private static String damaged(IOException e) {
    return "It cannot be read to its end: " + e.getMessage();
  }
}
