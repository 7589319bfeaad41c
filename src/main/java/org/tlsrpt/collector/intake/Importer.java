package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes reports that were kept elsewhere: archives of this collector, folders of documents and of
 * mail. All of it goes the way of every delivery.
 */
@Component
public class Importer {

  private final Processing processing;
  private final Clock clock;
  private final ImportLimits limits;

  Importer(Processing processing, IntakeProperties properties, Clock clock) {
    this.processing = processing;
    this.clock = clock;
    this.limits =
        new ImportLimits(
            (int) properties.maxBodySize().toBytes(), (int) properties.maxInflatedSize().toBytes());
  }

  /**
   * Imports what can be read of a stream: {@code .tar}, {@code .tar.gz}, NDJSON of documents, or a
   * mailbox, with or without gzip.
   *
   * @param in read to its end, not closed
   * @param name for what cannot be read of it
   * @param recipientDomain of documents that come without; as typed
   * @param listener of this import
   * @return what became of it
   * @throws IOException if the stream breaks
   */
  public ImportResult stream(
      InputStream in, String name, @Nullable String recipientDomain, ImportListener listener)
      throws IOException {
    var run = new ImportRun(processing::process, clock, domain(recipientDomain), listener);
    try {
      new ImportReader(run, limits).stream(name, in);
    } catch (ImportRun.Stopped e) {
      // the result says why
    } catch (IOException | RuntimeException e) {
      run.stop("of an error: " + e.getMessage());
      run.end();
      throw e;
    }
    return run.end();
  }

  /**
   * Imports files, and all files in folders.
   *
   * @param paths of files and folders; links within folders are not followed
   * @param recipientDomain of documents that come without; as typed
   * @param listener of this import
   * @return what became of them; what cannot be read is counted as refused
   */
  public ImportResult files(
      List<Path> paths, @Nullable String recipientDomain, ImportListener listener) {
    var run = new ImportRun(processing::process, clock, domain(recipientDomain), listener);
    try {
      new ImportFolders(run, new ImportReader(run, limits)).walk(paths);
    } catch (ImportRun.Stopped e) {
      // the result says why
    }
    return run.end();
  }

  /**
   * Whether a text is the domain of mail addresses.
   *
   * @param text as typed
   * @return false for anything that reports cannot be about
   */
  public static boolean isDomain(String text) {
    return RecipientDomain.normalize(text) != null;
  }

  private static @Nullable String domain(@Nullable String typed) {
    return typed == null ? null : RecipientDomain.normalize(typed);
  }
}
