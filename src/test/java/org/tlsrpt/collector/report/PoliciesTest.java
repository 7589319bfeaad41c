package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "sts",             sts,
          "STS",             sts,
          " tlsa ",          tlsa,
          "no-policy-found", no-policy-found,
          "tlsa-usage-3",    tlsa-usage-3, policy-type-unknown
          "Quantum",         quantum,      policy-type-unknown
          null,              unknown,      policy-type-missing
          "",                unknown,      policy-type-missing
          5,                 5,            text-not-string policy-type-unknown
          """,
      quoteCharacter = '`')
  void readsPolicyTypes(String json, String stored, @Nullable String codes) {
    var document = with("policy-type", json).and("policy-string", "[]");

    assertThat(document.policy().policy().type()).isEqualTo(stored);
    assertThat(document.codes()).isEqualTo(list(codes));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "starttls-not-supported", starttls-not-supported,
          "STARTTLS-Not-Supported", starttls-not-supported,
          "quantum-handshake-flux", quantum-handshake-flux, result-type-unknown
          "Other",                  other,                  result-type-unknown
          null,                     unknown,                result-type-missing
          "",                       unknown,                result-type-missing
          true,                     true,                   text-not-string result-type-unknown
          """,
      quoteCharacter = '`')
  void readsResultTypes(String json, String stored, @Nullable String codes) {
    var document = with("result-type", json);

    assertThat(document.detail().resultType()).isEqualTo(stored);
    assertThat(document.codes()).isEqualTo(list(codes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "tlsa-invalid",
        "dnssec-invalid",
        "dane-required",
        "sts-policy-fetch-error",
        "sts-policy-invalid",
        "sts-webpki-invalid"
      })
  void knowsTheRegisteredResultTypes(String type) {
    assertThat(with("result-type", "\"" + type + "\"").codes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "*.mx.example.com"          | *.mx.example.com | mx-host-not-array
          ["mx: a.example", "MX:b.example"] | a.example b.example | mx-host-prefix mx-host-prefix
          [null, "a.example", ""]     | a.example        |
          [5]                         | 5                | text-not-string
          {"a":1}                     | {"a":1}          | mx-host-not-array text-not-string
          ""                          |                  | mx-host-not-array
          """)
  void readsMxHosts(String json, @Nullable String hosts, @Nullable String codes) {
    var document = with("mx-host", json);

    assertThat(document.policy().policy().mxHosts()).isEqualTo(list(hosts));
    assertThat(document.codes()).isEqualTo(list(codes));
  }

  @ParameterizedTest
  @CsvSource({
    "mx-host, mx-host-pattern",
    "receiving-mx-hostname, receiving-mx-host-name",
    "receiving-mx-hostname, receiving_mx_host_name",
    "additional-information, additional-info-uri",
    "failure-reason-code, failure-error-code",
    "organization-name, organization_name",
    "result-type, result_type",
    "total-failure-session-count, total_failure_session_count",
  })
  void readsMembersUnderTheirOtherNames(String name, String other) {
    var json = ordinary().json().replace("\"" + name + "\"", "\"" + other + "\"");

    assertThat(Documents.read(json).report()).isEqualTo(ordinary().report());
    assertThat(Documents.codes(Documents.read(json))).containsExactly("member-alias");
  }

  @Test
  void readsASinglePolicyThatIsNotInAnArray() {
    var json =
        ordinary().json().replace("\"policies\":[{", "\"policies\":{").replace("]}]}", "]}}");

    assertThat(Documents.read(json).report()).isEqualTo(ordinary().report());
    assertThat(Documents.codes(Documents.read(json))).containsExactly("policies-not-array");
  }

  @Test
  void readsASingleFailureThatIsNotInAnArray() {
    var document =
        with(
            "failure-details",
            "{\"result-type\":\"certificate-expired\",\"failed-session-count\":2}");

    assertThat(document.policy().failureDetails()).hasSize(1);
    assertThat(document.codes()).containsExactly("failure-details-not-array");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[null]", "[\"x\"]", "[[1,2]]", "[5]"})
  void leavesOutElementsThatAreNoObjects(String json) {
    assertThat(with("policies", json).report().policies()).isEmpty();
    assertThat(with("policies", json).codes())
        .containsExactly("policy-result-not-object", "policies-empty");
    assertThat(with("failure-details", json).policy().failureDetails()).isEmpty();
    assertThat(with("failure-details", json).codes())
        .containsExactly("failure-detail-not-object", "failure-details-missing");
  }

  /** Who looks for it in the document counts all its elements. */
  @Test
  void countsElementsThatAreNoObjectsInPaths() {
    var details = "[1,{\"result-type\":\"odd\",\"failed-session-count\":2}]";

    assertThat(with("failure-details", details).read().notes())
        .extracting(Note::path)
        .containsExactly(
            "policies[0].failure-details[0]", "policies[0].failure-details[1].result-type");
    assertThat(with("policies", "[1,{\"summary\":{}}]").read().notes())
        .extracting(Note::path)
        .containsExactly(
            "policies[0]",
            "policies[1].policy",
            "policies[1].summary",
            "policies[1].policy.policy-domain");
  }

  @ParameterizedTest
  @CsvSource({"null, policy-missing", "[], member-not-object", "\"sts\", member-not-object"})
  void keepsSummaryWithoutPolicy(String json, String code) {
    var document = with("policy", json);

    assertThat(document.policy().policy().type()).isEqualTo("unknown");
    assertThat(document.policy().summary().successful()).isEqualTo(40);
    assertThat(document.codes()).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contact-info",
        "policy-string",
        "mx-host",
        "sending-mta-ip",
        "receiving-mx-hostname",
        "receiving-mx-helo",
        "receiving-ip",
        "additional-information",
        "failure-reason-code"
      })
  void whatSendersCommonlyLeaveOutNeedsNoNote(String member) {
    assertThat(without(member).codes()).isEmpty();
    assertThat(with(member, "null").read()).isEqualTo(without(member).read());
  }

  @Test
  void namesThePlaceOfADeviation() {
    var json =
        ordinary()
            .json()
            .replace("\"policies\":[", "\"policies\":[{},")
            .replace("\"failure-details\":[", "\"failure-details\":[{},")
            .replace("2001:db8::25", "mx");

    assertThat(Documents.read(json).notes())
        .extracting(Note::path)
        .contains(
            "policies[0].policy",
            "policies[0].policy.policy-domain",
            "policies[1].failure-details[0].result-type",
            "policies[1].failure-details[1].receiving-ip");
  }

  private static List<String> list(@Nullable String words) {
    return words == null ? List.of() : List.of(words.split(" ", -1));
  }
}
