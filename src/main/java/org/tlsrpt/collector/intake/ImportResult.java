package org.tlsrpt.collector.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an import ended.
 *
 * @param counts what became of all it found
 * @param failures the first of what was not stored, and why
 * @param stopped why it ended before the end; {@code null} if it did not. The same import again
 *     goes on, as duplicates are harmless
 */
public record ImportResult(ImportCounts counts, List<Failure> failures, @Nullable String stopped) {

  /** Copies the list. */
  public ImportResult {
    failures = List.copyOf(failures);
  }

  /**
   * Something that is no report now.
   *
   * @param name of a file, or of an entry in one; as found, cut to 200 characters
   * @param reason one sentence
   */
  public record Failure(String name, String reason) {}
}
