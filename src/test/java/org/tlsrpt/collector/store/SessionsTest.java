package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.PolicyResult;
import org.tlsrpt.collector.report.TlsReport.Summary;

class SessionsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing at all                          |                                     | 0  | 0
          one policy                              | sts 5 1                             | 5  | 1
          the same sessions twice, as Microsoft   | sts 2 0, tlsa 2 0                   | 2  | 0
          a tie goes to sts                       | tlsa 3 0, sts 2 1                   | 2  | 1
          tlsa saw more                           | sts 2 1, tlsa 4 0                   | 4  | 0
          versions of a policy add up, as Google  | sts 3 0, sts 4 2                    | 7  | 2
          no policy found is other sessions       | sts 3 0, no-policy-found 2 1        | 5  | 1
          an unknown type is other sessions       | tlsa 1 1, something 2 2             | 3  | 3
          several tlsa against several sts        | sts 1 0, sts 1 0, tlsa 2 0, tlsa 1 1 | 3 | 1
          """)
  void countsEachSessionOnce(String what, String policies, long successful, long failed) {
    assertThat(Sessions.of(policies(policies))).isEqualTo(new Sessions(successful, failed));
  }

  @Test
  void staysAtTheLargestNumberInsteadOfWrapping() {
    var most = Long.MAX_VALUE;

    assertThat(Sessions.of(policies("sts %d 1, sts %d 1".formatted(most, most))))
        .isEqualTo(new Sessions(most, 2));
    assertThat(Sessions.of(policies("sts %d %d, tlsa 1 0".formatted(most, most))))
        .isEqualTo(new Sessions(most, most));
  }

  private static List<PolicyResult> policies(String text) {
    if (text == null) {
      return List.of();
    }
    return Stream.of(text.split(","))
        .map(entry -> entry.strip().split(" "))
        .map(
            words ->
                new PolicyResult(
                    new Policy(words[0], List.of(), "example.com", List.of(), null),
                    new Summary(Long.parseLong(words[1]), Long.parseLong(words[2])),
                    List.of()))
        .toList();
  }
}
