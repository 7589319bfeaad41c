package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tlsrpt.collector.report.TlsReport.DateRange;
import org.tlsrpt.collector.report.TlsReport.FailureDetail;
import org.tlsrpt.collector.report.TlsReport.Policy;
import org.tlsrpt.collector.report.TlsReport.Summary;

/** One report in the shape of each known sender, under {@code reports/}. */
class SenderFixturesTest {

  @Test
  void google() {
    var reading = read("google");

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.report())
        .returns("Google Inc.", TlsReport::organizationName)
        .returns("smtp-tls-reporting@google.com", TlsReport::contactInfo)
        .returns("2026-03-14T00:00:00Z_example.com", TlsReport::reportId)
        .returns(range("2026-03-14T00:00:00Z", "2026-03-14T23:59:59Z"), TlsReport::dateRange);
    assertThat(policy(reading, 0))
        .isEqualTo(
            new Policy(
                "sts",
                List.of(
                    "version: STSv1",
                    "mode: enforce",
                    "mx: *.example.com",
                    "mx: backup.example.net",
                    "max_age: 604800"),
                "example.com",
                List.of("*.example.com", "backup.example.net"),
                "enforce"));
    assertThat(summary(reading, 0)).isEqualTo(new Summary(41, 0));
  }

  @Test
  void googleWithoutPolicyDomainAndWithOneCounter() {
    var reading = read("google-no-policy");

    assertThat(policy(reading, 0))
        .isEqualTo(new Policy("no-policy-found", List.of(), "example.org", List.of(), null));
    assertThat(summary(reading, 0)).isEqualTo(new Summary(7, 0));
    assertThat(reading.domainInferred()).isTrue();
    assertThat(Documents.codes(reading)).containsExactly("policy-domain-missing");
  }

  @Test
  void googleWithFailuresAndTwoPoliciesForOneDomain() {
    var reading = read("google-failures");

    assertThat(reading.notes()).isEmpty();
    assertThat(policy(reading, 0).mode()).isEqualTo("testing");
    assertThat(details(reading, 0))
        .containsExactly(
            detail("validation-failure", "203.0.113.7", "mx1.example.com", "192.0.2.25", 3, null),
            detail(
                "certificate-expired",
                "2001:db8:4860::21a",
                "mx1.example.com",
                "2001:db8:25::1",
                2,
                null));
    assertThat(policy(reading, 1).type()).isEqualTo("no-policy-found");
    assertThat(summary(reading, 1)).isEqualTo(new Summary(3, 0));
  }

  @Test
  void microsoftWithoutTimeZone() {
    var reading = read("microsoft");

    assertThat(reading.report().dateRange())
        .isEqualTo(range("2023-09-08T00:00:00Z", "2023-09-08T23:59:59Z"));
    assertThat(Documents.codes(reading)).containsExactly("date-no-zone", "date-no-zone");
  }

  @Test
  void microsoftWithTlsaRecordsAsTheTextOfAnArray() {
    var reading = read("microsoft-tlsa");

    assertThat(policy(reading, 1).strings())
        .containsExactly(
            "3 1 1 " + "0F1E2D3C4B5A69788796A5B4C3D2E1F0".repeat(2),
            "2 1 1 " + "A0B1C2D3E4F5061728394A5B6C7D8E9F".repeat(2));
    assertThat(summary(reading, 0)).isEqualTo(summary(reading, 1)).isEqualTo(new Summary(2, 0));
    assertThat(Documents.codes(reading)).containsExactly("policy-string-json");
  }

  @Test
  void microsoftThatCouldNotFetchThePolicy() {
    var reading = read("microsoft-fetch-error");

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.report().reportId()).isEqualTo("133944111222333444+");
    assertThat(policy(reading, 0))
        .isEqualTo(new Policy("sts", List.of(), "example.org", List.of(), null));
    assertThat(details(reading, 0))
        .containsExactly(
            detail("sts-policy-fetch-error", null, null, null, 3, null),
            detail("validation-failure", null, null, null, 1, "MX_HOSTS_MISMATCH"));
  }

  @Test
  void mailRuWhoseDetailsAreMoreThanItsTotal() {
    var reading = read("mail-ru");

    assertThat(reading.report().dateRange())
        .isEqualTo(range("2024-07-01T00:00:00Z", "2024-07-02T00:00:00Z"));
    assertThat(summary(reading, 0)).isEqualTo(new Summary(0, 1));
    assertThat(details(reading, 0)).hasSize(2);
    assertThat(details(reading, 0).getFirst().failureReasonCode())
        .contains("Get \"https://mta-sts.example.com/.well-known/mta-sts.txt\"");
    assertThat(Documents.codes(reading)).containsExactly("count-mismatch");
  }

  @Test
  void stalwartWithNullForWhatItHasNot() {
    var reading = read("stalwart");

    assertThat(reading.notes()).isEmpty();
    assertThat(reading.report().contactInfo()).isNull();
    assertThat(details(reading, 0))
        .containsExactly(
            detail(
                "certificate-not-trusted",
                null,
                "mx1.example.org",
                "2001:db8::25",
                1,
                "invalid peer certificate: UnknownIssuer"));
  }

  @Test
  void postfixWithReportIdLastAndDetailsWithoutFailures() {
    var reading = read("postfix");

    assertThat(reading.report().reportId()).isEqualTo("2026-01-20T00:00:00Z_idx1_example.org");
    assertThat(policy(reading, 0).domain()).isEqualTo("mx1.example.org");
    assertThat(policy(reading, 1).domain()).isEqualTo("example.org");
    assertThat(summary(reading, 0)).isEqualTo(new Summary(6, 0));
    assertThat(details(reading, 0))
        .containsExactly(
            detail("unknown", "192.0.2.77", "mx2.example.org", "198.51.100.9", 2, null));
    assertThat(Documents.codes(reading))
        .containsExactly("result-type-missing", "count-mismatch", "policy-domain-missing");
  }

  @Test
  void moxWithEmptyTextsForWhatItHasNot() {
    var reading = read("mox");

    assertThat(reading.notes()).isEmpty();
    assertThat(details(reading, 0))
        .containsExactly(
            detail(
                "validation-failure",
                null,
                "mx1.example.org",
                "192.0.2.25",
                1,
                "tls-remote-alert-70-protocol-version-not-supported"));
    assertThat(policy(reading, 0).domain()).isEqualTo("mx1.example.org");
    assertThat(policy(reading, 1).domain()).isEqualTo("lists.example.org");
    assertThat(policy(reading, 1).mode()).isEqualTo("none");
  }

  @Test
  void halonWithAnEmptyTextForPolicyString() {
    var reading = read("halon");

    assertThat(policy(reading, 0).strings()).isEmpty();
    assertThat(policy(reading, 1).mode()).isEqualTo("enforce");
    assertThat(details(reading, 1).getFirst().receivingMxHelo()).isEqualTo("mx1.example.org");
    assertThat(Documents.codes(reading)).containsExactly("policy-string-not-array");
  }

  @Test
  void socketlabsWithOnePolicyTwiceAndItsOwnNameForAMember() {
    var reading = read("socketlabs");

    assertThat(summary(reading, 0)).isEqualTo(new Summary(5, 0));
    assertThat(summary(reading, 1)).isEqualTo(new Summary(0, 2));
    assertThat(policy(reading, 1).strings()).contains("mx: mx1.example.com ");
    assertThat(details(reading, 1).getFirst().receivingMxHostname()).isEqualTo("mx1.example.com");
    assertThat(Documents.codes(reading)).containsExactly("member-alias");
  }

  @Test
  void exampleOfTheRfcWithItsLineBreakMended() {
    var reading = read("rfc8460-appendix-b");

    assertThat(summary(reading, 0)).isEqualTo(new Summary(5326, 303));
    assertThat(policy(reading, 0).mxHosts()).containsExactly("*.mail.company-y.example");
    assertThat(details(reading, 0))
        .extracting(FailureDetail::sendingMtaIp)
        .containsExactly("2001:db8:abcd:12::1", "2001:db8:abcd:13::1", "198.51.100.62");
    assertThat(details(reading, 0).get(1).additionalInformation()).contains(" ? id = ");
    assertThat(Documents.codes(reading)).containsExactly("mx-host-not-array");
  }

  static byte[] bytes(String sender) {
    var name = "/reports/" + sender + ".json";
    try (var in = SenderFixturesTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reading.Read read(String sender) {
    return Documents.readReport(bytes(sender));
  }

  private static Policy policy(Reading.Read reading, int index) {
    return reading.report().policies().get(index).policy();
  }

  private static Summary summary(Reading.Read reading, int index) {
    return reading.report().policies().get(index).summary();
  }

  private static List<FailureDetail> details(Reading.Read reading, int index) {
    return reading.report().policies().get(index).failureDetails();
  }

  private static DateRange range(String start, String end) {
    return new DateRange(Instant.parse(start), Instant.parse(end));
  }

  private static FailureDetail detail(
      String type,
      @Nullable String sender,
      @Nullable String host,
      @Nullable String receiver,
      long count,
      @Nullable String reason) {
    return new FailureDetail(type, sender, host, null, receiver, count, null, reason);
  }
}
