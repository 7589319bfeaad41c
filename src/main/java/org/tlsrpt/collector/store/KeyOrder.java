package org.tlsrpt.collector.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;

/** Orders of key columns as PostgreSQL has them, for merging what several statements found. */
final class KeyOrder {

  /** Collation C: by code point. Java's own order differs where surrogates come in. */
  static final Comparator<String> TEXT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  /** By bytes. Java's own order takes the halves as signed numbers. */
  static final Comparator<UUID> UUIDS =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private KeyOrder() {}
}
