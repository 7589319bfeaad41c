package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.function.Function;

/**
 * What DNS says to one question, CNAMEs followed.
 *
 * @param <T> one record's data
 */
sealed interface DnsAnswer<T> {

  /** The names that CNAMEs led to, in order, absolute; empty without. */
  List<String> chain();

  /**
   * Records.
   *
   * @param data one element for each record, never empty
   * @param ttl seconds, the least of them
   * @param validated whether the resolver says that it validated the whole answer
   */
  record Found<T>(List<T> data, List<String> chain, long ttl, boolean validated)
      implements DnsAnswer<T> {}

  /**
   * An answer that there are none.
   *
   * @param absence which
   * @param validated whether the resolver says that it validated the answer
   */
  record Nothing<T>(Absence absence, List<String> chain, boolean validated)
      implements DnsAnswer<T> {}

  /**
   * CNAMEs that lead nowhere, whoever asks.
   *
   * @param reason what is wrong, one sentence
   */
  record Broken<T>(String reason, List<String> chain) implements DnsAnswer<T> {}

  /**
   * No usable answer; there may be records or not.
   *
   * @param reason who said what, a part of a sentence
   */
  record Failed<T>(String reason, List<String> chain) implements DnsAnswer<T> {}

  /** Why there are no records. */
  enum Absence {
    /** There is no such name (RFC 8020). */
    NXDOMAIN,
    /** The name exists, with other types or below it. */
    NODATA
  }

  /** The same with other data. */
  default <U> DnsAnswer<U> map(Function<T, U> change) {
    return switch (this) {
      case Found<T>(var data, var chain, var ttl, var validated) ->
          new Found<>(data.stream().map(change).toList(), chain, ttl, validated);
      case Nothing<T>(var absence, var chain, var validated) ->
          new Nothing<>(absence, chain, validated);
      case Broken<T>(var reason, var chain) -> new Broken<>(reason, chain);
      case Failed<T>(var reason, var chain) -> new Failed<>(reason, chain);
    };
  }

  /** The records, none if there are none or it is not known. */
  default List<T> dataOrNone() {
    return this instanceof Found<T> found ? found.data() : List.of();
  }

  /** What the resolver says of the answer. */
  default Dnssec dnssec() {
    return switch (this) {
      case Found<T> found -> found.validated() ? Dnssec.VALIDATED : Dnssec.NOT_VALIDATED;
      case Nothing<T> nothing -> nothing.validated() ? Dnssec.VALIDATED : Dnssec.NOT_VALIDATED;
      case Broken<T> broken -> Dnssec.UNKNOWN;
      case Failed<T> failed -> Dnssec.UNKNOWN;
    };
  }
}
