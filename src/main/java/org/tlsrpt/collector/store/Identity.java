package org.tlsrpt.collector.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.TlsReport;

/**
 * What a sender means by "the same report": organization, report-id and window (RFC 8460 §4.4). A
 * hash, because sender's text of any length must not reach an index (a B-tree row holds 8 kB).
 */
final class Identity {

  private Identity() {}

  /** 64 bits of SHA-256 over organization-name, report-id and window. */
  static long of(TlsReport report) {
    var digest = sha256();
    add(digest, lowerCase(report.organizationName()));
    add(digest, report.reportId());
    add(digest, String.valueOf(report.dateRange().start()));
    add(digest, String.valueOf(report.dateRange().end()));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static void add(MessageDigest digest, @Nullable String text) {
    digest.update((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static @Nullable String lowerCase(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
