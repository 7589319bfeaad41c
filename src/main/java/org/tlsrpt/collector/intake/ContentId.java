package org.tlsrpt.collector.intake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id of a report: its content. */
final class ContentId {

  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT_10 = 0x8000_0000_0000_0000L;

  private ContentId() {}

  /**
   * A UUIDv8 (RFC 9562 §5.8) that carries the first 122 bits of the SHA-256 of the inflated bytes,
   * in order, around the version and the variant.
   */
  static UUID of(byte[] document) {
    var hash = new Hash();
    hash.accept(document, document.length);
    return hash.id();
  }

  /** The same for a document that comes piece by piece. */
  static final class Hash implements Gunzip.Sink {

    private final MessageDigest digest = sha256();

    @Override
    public void accept(byte[] bytes, int length) {
      digest.update(bytes, 0, length);
    }

    UUID id() {
      var hash = ByteBuffer.wrap(digest.digest());
      var first = hash.getLong();
      var second = hash.getLong();
      // 48 bits, version, 12 bits, variant, 62 bits
      var high = (first & ~0xFFFFL) | VERSION_8 | ((first >>> 4) & 0x0FFFL);
      var next62 = ((first & 0xFL) << 58) | (second >>> 6);
      return new UUID(high, VARIANT_10 | next62);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
