package org.tlsrpt.collector.dnsrecord;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RecordLint} says about the TXT records of one name.
 *
 * @param valid whether senders find exactly one record and in it a destination they can use; true
 *     if and only if no finding is an error
 * @param record the one record that senders take, even if it is malformed; null if none or several
 *     remain
 * @param rua its destinations as written
 * @param extensions its fields that RFC 8460 does not know
 * @param findings in the order of the text, at most a hundred errors and a hundred others
 */
public record LintResult(
    boolean valid,
    @Nullable String record,
    List<String> rua,
    Map<String, String> extensions,
    List<Finding> findings) {

  /** Copies all three, so that the result does not change afterwards. */
  public LintResult {
    rua = List.copyOf(rua);
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    findings = List.copyOf(findings);
  }
}
