package org.tlsrpt.collector.intake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file in the spool: {@code 000000000000002a-<id>}, and a hash of the recipient
 * domain when the delivery has one. Names sort in the order of arrival; nothing a sender wrote
 * stands in them.
 *
 * @param sequence number of the arrival, never used again while files of this spool are there
 * @param key what the same delivery has again
 */
record SpoolName(long sequence, Key key) implements Comparable<SpoolName> {

  private static final int BITS_OF_SHARD = 12;

  private static final Pattern FORM =
      Pattern.compile(
          "(?<sequence>[0-7][0-9a-f]{15})-(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
              + "(-(?<domain>[0-9a-f]{16}))?");

  /**
   * What two deliveries share if one of them is enough.
   *
   * @param id of the report
   * @param domain a hash of the recipient domain, 0 for none: a report that names no policy domain
   *     is another one when it is addressed to another domain
   */
  record Key(UUID id, long domain) {

    static Key of(UUID id, @Nullable String recipientDomain) {
      return new Key(id, recipientDomain == null ? 0 : hash(recipientDomain));
    }

    private static long hash(String domain) {
      return ContentId.of(domain.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }
  }

  /** Empty if this is the name of something else. */
  static Optional<SpoolName> parse(String name) {
    var matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var domain = matcher.group("domain");
    var key =
        new Key(
            UUID.fromString(matcher.group("id")),
            domain == null ? 0 : HexFormat.fromHexDigitsToLong(domain));
    return Optional.of(
        new SpoolName(HexFormat.fromHexDigitsToLong(matcher.group("sequence")), key));
  }

  /** The directory that holds it with its 4,095 neighbours. */
  String shard() {
    return shard(sequence);
  }

  static String shard(long sequence) {
    return HexFormat.of().toHexDigits(sequence >>> BITS_OF_SHARD, 13);
  }

  @Override
  public int compareTo(SpoolName other) {
    return Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    var hex = HexFormat.of();
    var domain = key.domain() == 0 ? "" : "-" + hex.toHexDigits(key.domain());
    return hex.toHexDigits(sequence) + "-" + key.id() + domain;
  }
}
