package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders can use of TLSA records (RFC 7672 §3.1); {@code H} stands for 64 digits. */
class TlsaRecordsTest {

  @ParameterizedTest
  @CsvSource({
    "3 1 1 H,   USABLE",
    "2 0 1 H,   USABLE",
    "3 1 2 HH,  USABLE",
    "3 0 0 3082, USABLE",
    "0 0 1 H,   UNUSABLE", // PKIX-TA
    "1 1 1 H,   UNUSABLE", // PKIX-EE
    "3 2 1 H,   UNUSABLE", // no such selector
    "3 1 3 H,   UNUSABLE", // no such digest
    "3 1 1 HH,  UNUSABLE", // too long for SHA-256
    "3 1 2 H,   UNUSABLE", // too short for SHA-512
    "3 1 1 '',  UNUSABLE",
  })
  void judges(String record, MxHosts.Dane dane) {
    var found = found(true, record.replace("H", "0a".repeat(32)));

    assertThat(TlsaRecords.judge("mx.example.com", found, new Findings())).isEqualTo(dane);
  }

  @Test
  void needsOneUsableRecordAmongOthers() {
    var found = found(true, "0 0 1 00", "3 1 1 " + "0a".repeat(32));

    assertThat(TlsaRecords.judge("mx.example.com", found, new Findings()))
        .isEqualTo(MxHosts.Dane.USABLE);
  }

  @Test
  void doesNotCountRecordsThatTheResolverDidNotValidate() {
    var findings = new Findings();
    var found = found(false, "3 1 1 " + "0a".repeat(32));

    assertThat(TlsaRecords.judge("mx.example.com", found, findings))
        .isEqualTo(MxHosts.Dane.UNUSABLE);
    assertThat(findings.toList().getFirst().message()).contains("does not say that it validated");
  }

  @Test
  void doesNotTakeAFailureForNone() {
    var failed = new DnsAnswer.Failed<String>("the resolver says SERVFAIL", List.of());

    assertThat(TlsaRecords.judge("mx.example.com", failed, new Findings()))
        .isEqualTo(MxHosts.Dane.UNKNOWN);
  }

  private static DnsAnswer<String> found(boolean validated, String... records) {
    return new DnsAnswer.Found<>(List.of(records), List.of(), 60, validated);
  }
}
