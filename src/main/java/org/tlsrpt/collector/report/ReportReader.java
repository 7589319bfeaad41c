package org.tlsrpt.collector.report;

import org.jspecify.annotations.Nullable;

/** Makes a {@link TlsReport} from the bytes of a JSON document (RFC 8460 §4.4), tolerantly. */
public final class ReportReader {

  /**
   * Makes a reader.
   *
   * @param limits what a single document may cost
   */
  public ReportReader(Limits limits) {}

  /**
   * Reads one document. Pure: the same bytes and domain always give the same answer.
   *
   * @param document the bytes after any decompression
   * @param recipientDomain the domain the delivery was addressed to, used for policies that name
   *     none; {@code null} if not known
   * @return what the bytes are; never an exception for any bytes
   */
  public Reading read(byte[] document, @Nullable String recipientDomain) {
    return new Reading.NotJson("not read yet");
  }

  /**
   * What a single document may cost.
   *
   * @param depth nesting of objects and arrays
   * @param policies elements of {@code policies}
   * @param failureDetails elements of all {@code failure-details} together
   * @param textLength characters kept of one text; longer ones are cut with a note
   */
  public record Limits(int depth, int policies, int failureDetails, int textLength) {

    /** 64 levels, 10,000 policies, 200,000 details, 64 Ki characters. */
    public static final Limits DEFAULT = new Limits(64, 10_000, 200_000, 65_536);
  }
}
