package org.tlsrpt.collector.dnsrecord;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a record at {@code _smtp._tls.<domain>} says (RFC 8460 §3, {@code tlsrpt-record}).
 *
 * @param rua the destinations as written, percent-encoded, in order; those of several {@code rua=}
 *     fields united, since the grammar allows several and no rule picks one
 * @param extensions the fields RFC 8460 does not know, in order; kept so that they survive being
 *     read and written
 */
public record TlsRptRecord(List<String> rua, Map<String, String> extensions) {

  static final String VERSION = "v=TLSRPTv1";

  /** What a TXT record must begin with to be looked at, the semicolon included (RFC 8460 §3). */
  static final String PREFIX = VERSION + ";";

  /** The labels in front of the policy domain. */
  static final String OWNER = "_smtp._tls.";

  /** Copies both, so that the record does not change afterwards. */
  public TlsRptRecord {
    rua = List.copyOf(rua);
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /**
   * Reads the joined text of one TXT record.
   *
   * @return the record, or nothing where {@link RecordLint} finds an error and says which
   */
  public static Optional<TlsRptRecord> parse(String text) {
    var result = RecordLint.lint(List.of(text));
    return result.valid()
        ? Optional.of(new TlsRptRecord(result.rua(), result.extensions()))
        : Optional.empty();
  }

  /**
   * The canonical text: one rua field right after the version, no spaces around commas, no trailing
   * semicolon. A sender with sys4's tlsrpt-reporter reads the second field only and does not trim.
   */
  public String toText() {
    var text = new StringBuilder(PREFIX).append(" rua=").append(String.join(",", rua));
    extensions.forEach((name, value) -> text.append("; ").append(name).append('=').append(value));
    return text.toString();
  }
}
