package org.tlsrpt.collector.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A bearer token as its holder has it: {@code tlsr_<id>_<secret>}, both in hexadecimal. The prefix
 * lets scanners find tokens that were published by mistake; a double click selects all of it.
 *
 * @param id 32 digits
 * @param secret 32 random bytes
 */
record TokenText(UUID id, byte[] secret) {

  static final String PREFIX = "tlsr_";

  private static final int SECRET_BYTES = 32;
  private static final int ID_DIGITS = 32;
  private static final int ID_END = PREFIX.length() + ID_DIGITS;

  private static final Pattern TEXT = Pattern.compile(PREFIX + "[0-9a-f]{32}_[0-9a-f]{64}");

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  static TokenText random() {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new TokenText(UUID.randomUUID(), secret);
  }

  /** What somebody sent; nothing if it is no such token. */
  static Optional<TokenText> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    var hex = HexFormat.of();
    var id =
        new UUID(
            HexFormat.fromHexDigitsToLong(text, PREFIX.length(), PREFIX.length() + ID_DIGITS / 2),
            HexFormat.fromHexDigitsToLong(text, PREFIX.length() + ID_DIGITS / 2, ID_END));
    return Optional.of(new TokenText(id, hex.parseHex(text, ID_END + 1, text.length())));
  }

  /** The token for its holder. */
  String text() {
    return PREFIX + id.toString().replace("-", "") + "_" + HexFormat.of().formatHex(secret);
  }

  /** What is kept of the secret. It cannot be guessed, so it needs no slow hash and no salt. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether this is the token of which a hash is kept; takes the same time either way. */
  boolean matches(byte[] kept) {
    return MessageDigest.isEqual(hash(), kept);
  }

  @Override
  public String toString() {
    return "TokenText[id=" + id + "]";
  }
}
