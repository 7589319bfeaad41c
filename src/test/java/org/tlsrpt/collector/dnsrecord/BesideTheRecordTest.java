package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.dnsrecord.CheckSettings.Outgoing;
import org.tlsrpt.collector.testing.TestAuthority;
import org.tlsrpt.collector.testing.TestDns;
import org.tlsrpt.collector.testing.TlsServer;
import org.xbill.DNS.Rcode;

/** What a record reports about: MX hosts, MTA-STS and DANE, in DNS and over TLS of loopback. */
class BesideTheRecordTest {

  private static final TestAuthority AUTHORITY = TestAuthority.make();
  private static final TestAuthority.Issued CERTIFICATE = AUTHORITY.issue("mta-sts.example.com");
  private static final String RECORD = "v=TLSRPTv1; rua=mailto:tls@example.net";
  private static final String TLSA = "3 1 1 " + "0a".repeat(32);
  private static final String POLICY =
      "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n";

  private final TestDns server = TestDns.start();
  private final Checks checks = new Checks(server, AUTHORITY.trust());
  private TlsServer host;

  @BeforeEach
  void publishMx() {
    server.zone().with("example.com. 3600 MX 10 MX.example.com.");
  }

  @AfterEach
  void stop() {
    server.close();
    if (host != null) {
      host.close();
    }
  }

  @Test
  void findsAPolicyThatFitsTheMxHosts() {
    announce("v=STSv1; id=7");
    serve(POLICY);

    var mtaSts = checks.check("example.com").mtaSts();

    assertThat(mtaSts)
        .isEqualTo(
            new MtaSts(
                MtaSts.Status.VALID,
                "v=STSv1; id=7",
                "7",
                new MtaSts.Policy("enforce", List.of("mx.example.com"), 604_800),
                List.of()));
  }

  @Test
  void followsACnameToTheTxtRecord() {
    server
        .zone()
        .with("_mta-sts.example.com. 60 CNAME _mta-sts.host.example.")
        .txt("_mta-sts.host.example.", 60, "v=STSv1; id=7");
    serve(POLICY);

    assertThat(checks.check("example.com").mtaSts().status()).isEqualTo(MtaSts.Status.VALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enforce | ERROR   | Senders do not deliver to it
          testing | WARNING | senders only report it
          """)
  void findsAnMxHostThatThePolicyDoesNotAllow(String mode, Severity severity, String message) {
    server.zone().with("example.com. 3600 MX 20 backup.example.org.");
    announce("v=STSv1; id=7");
    serve(POLICY.replace("enforce", mode));

    assertThat(checks.check("example.com").mtaSts().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.message()).contains("backup.example.org").contains(message);
            });
  }

  @Test
  void saysWhichPatternIsForNobody() {
    announce("v=STSv1; id=7");
    serve(POLICY + "mx: *.old.example\n");

    assertThat(checks.check("example.com").mtaSts().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("*.old.example"));
  }

  @Test
  void findsARecordWithoutAHost() {
    announce("v=STSv1; id=7");

    var mtaSts = checks.check("example.com").mtaSts();

    assertThat(mtaSts.status()).isEqualTo(MtaSts.Status.INVALID);
    assertThat(message(mtaSts)).contains("there is no host mta-sts.example.com");
  }

  @Test
  void findsARecordWithAFileThatCannotBeUsed() {
    announce("v=STSv1; id=7");
    serve("<html>nothing here</html>");

    var mtaSts = checks.check("example.com").mtaSts();

    assertThat(mtaSts.status()).isEqualTo(MtaSts.Status.INVALID);
    assertThat(mtaSts.policy()).isNull();
  }

  @Test
  void findsARecordWithAHostInside() {
    announce("v=STSv1; id=7");
    server.zone().with("mta-sts.example.com. 60 A 192.168.1.1");

    var mtaSts = checks.check("example.com").mtaSts();

    assertThat(mtaSts.status()).isEqualTo(MtaSts.Status.INVALID);
    assertThat(message(mtaSts)).contains("has no public address (192.168.1.1)");
  }

  @Test
  void findsAFileThatNoRecordAnnounces() {
    serve(POLICY);

    var mtaSts = checks.check("example.com").mtaSts();

    assertThat(mtaSts.status()).isEqualTo(MtaSts.Status.NONE);
    assertThat(message(mtaSts)).contains("no TXT record at _mta-sts.example.com announces it");
  }

  @Test
  void findsTwoRecords() {
    announce("v=STSv1; id=7");
    announce("v=STSv1; id=8");
    serve(POLICY);

    assertThat(checks.check("example.com").mtaSts().status()).isEqualTo(MtaSts.Status.INVALID);
  }

  @Test
  void hasNothingToSayWhereThereIsNothing() {
    assertThat(checks.check("example.com").mtaSts())
        .isEqualTo(new MtaSts(MtaSts.Status.NONE, null, null, null, List.of()));
  }

  @Test
  void saysThatItDoesNotKnow() {
    server.zone().failing("_mta-sts.example.com.", Rcode.SERVFAIL);

    assertThat(checks.check("example.com").mtaSts().status()).isEqualTo(MtaSts.Status.UNKNOWN);
  }

  @Test
  void fetchesNoFileIfItMayNot() {
    announce("v=STSv1; id=7");
    serve(POLICY);

    var mtaSts = checks.allow(Outgoing.DNS).check("example.com").mtaSts();

    assertThat(mtaSts.status()).isEqualTo(MtaSts.Status.UNKNOWN);
    assertThat(host.connections()).isZero();
  }

  @Test
  void sortsMxHostsAndLooksForTlsaRecords() {
    server
        .zone()
        .with(
            "example.com. 3600 MX 5 first.example.com.",
            "example.com. 3600 MX 20 last.example.com.")
        .with("_25._tcp.first.example.com. 3600 TLSA " + TLSA)
        .with("_25._tcp.last.example.com. 3600 TLSA 0 0 1 " + "0a".repeat(32))
        .signed("example.com.");

    assertThat(checks.check("example.com").mx().hosts())
        .containsExactly(
            new MxHosts.Host("first.example.com", 5, MxHosts.Dane.USABLE, List.of(TLSA), null),
            new MxHosts.Host("mx.example.com", 10, MxHosts.Dane.NONE, List.of(), null),
            new MxHosts.Host(
                "last.example.com",
                20,
                MxHosts.Dane.UNUSABLE,
                List.of("0 0 1 " + "0a".repeat(32)),
                null));
  }

  @Test
  void doesNotCountTlsaRecordsOfAnUnsignedZone() {
    server.zone().with("_25._tcp.mx.example.com. 3600 TLSA " + TLSA);

    assertThat(checks.check("example.com").mx().hosts().getFirst().dane())
        .isEqualTo(MxHosts.Dane.UNUSABLE);
  }

  @Test
  void warnsOfDaneBehindMxRecordsThatAnybodyCanForge() {
    server
        .zone()
        .with("example.org. 60 MX 10 mx.example.com.", "_25._tcp.mx.example.com. 60 TLSA " + TLSA)
        .signed("mx.example.com.");

    var mx = checks.check("example.org").mx();

    assertThat(mx.hosts().getFirst().dane()).isEqualTo(MxHosts.Dane.USABLE);
    assertThat(mx.findings().getFirst().message()).contains("whoever forges them gets around DANE");
  }

  @Test
  void looksForRecordsAtMxHostsIfAsked() {
    server.zone().txt("_smtp._tls.mx.example.com.", 3600, RECORD);

    assertThat(checks.check("example.com").mx().hosts().getFirst().record()).isNull();
    assertThat(
            checks
                .check("example.com", CheckPart.MX_HOSTS)
                .mx()
                .hosts()
                .getFirst()
                .record()
                .status())
        .isEqualTo(RecordStatus.VALID);
  }

  @Test
  void warnsOfDaneThatNobodyReportsAbout() {
    server.zone().with("_25._tcp.mx.example.com. 3600 TLSA " + TLSA).signed("example.com.");

    assertThat(checks.check("example.com", CheckPart.MX_HOSTS).mx().findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith(
                        "mx.example.com has TLSA records, but no record at"
                            + " _smtp._tls.mx.example.com."));
    assertThat(checks.check("example.com").mx().findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MX 0 .                  | NO_MAIL  | says that the domain takes no mail
          A 192.0.2.1             | IMPLICIT | mail goes to the domain's own address
          AAAA 2001:db8::1        | IMPLICIT | mail goes to the domain's own address
          TXT x                   | NO_MAIL  | has neither MX records nor addresses
          CNAME gone.example.     | NO_MAIL  | does not exist
          CNAME odd.example.      | NO_MAIL  | leads in a circle
          MX 10 192.0.2.1.        | FOUND    | is an IP address, which no MX record may name
          MX 10 mx\\032host.x.    | FOUND    | which no domain name does
          """)
  void saysWhereMailGoes(String record, MxHosts.Status status, String message) {
    server.zone().with("odd.example. 60 " + record, "circle.example. 60 CNAME odd.example.");

    var mx = checks.check("odd.example").mx();

    assertThat(mx.status()).isEqualTo(status);
    assertThat(mx.findings())
        .anySatisfy(finding -> assertThat(finding.message()).contains(message));
  }

  @Test
  void saysThatTheDomainDoesNotExist() {
    var mx = checks.check("nothing.example").mx();

    assertThat(mx.status()).isEqualTo(MxHosts.Status.NO_MAIL);
    assertThat(mx.findings().getFirst().message()).contains("does not exist");
  }

  @Test
  void looksAtTenMxHostsAtMost() {
    for (int at = 0; at < 30; at++) {
      server.zone().with("many.example. 60 MX 10 mx%s.many.example.".formatted(at));
    }
    var mx = checks.check("many.example", CheckPart.MX_HOSTS).mx();

    assertThat(mx.hosts()).hasSize(10);
    assertThat(mx.findings())
        .anySatisfy(
            finding -> assertThat(finding.message()).contains("Of 30 MX hosts the first 10"));
  }

  @ParameterizedTest
  @CsvSource({
    "true,  sts-enforce, REPORTS_AND_POLICY",
    "true,  sts-testing, REPORTS_AND_POLICY",
    "true,  dane,        REPORTS_AND_POLICY",
    "true,  sts-none,    REPORTS_WITHOUT_POLICY",
    "true,  nothing,     REPORTS_WITHOUT_POLICY",
    "true,  unknown,     UNKNOWN",
    "false, sts-enforce, POLICY_WITHOUT_REPORTS",
    "false, dane,        POLICY_WITHOUT_REPORTS",
    "false, nothing,     NEITHER",
  })
  void saysHowItAllStandsTogether(boolean reports, String beside, Standing standing) {
    if (reports) {
      server.zone().txt("_smtp._tls.example.com.", 3600, RECORD);
    }
    switch (beside) {
      case "dane" ->
          server.zone().with("_25._tcp.mx.example.com. 60 TLSA " + TLSA).signed("example.com.");
      case "unknown" -> server.zone().failing("_25._tcp.mx.example.com.", Rcode.SERVFAIL);
      case "nothing" -> {}
      default -> {
        announce("v=STSv1; id=7");
        serve(POLICY.replace("enforce", beside.substring(4)));
      }
    }

    assertThat(checks.check("example.com").standing()).isEqualTo(standing);
  }

  @Test
  void saysInWordsThatThereIsNothingToReportAbout() {
    server.zone().txt("_smtp._tls.example.com.", 3600, RECORD);

    assertThat(checks.check("example.com").standing().words())
        .startsWith("TLS-RPT without MTA-STS or DANE");
  }

  private void announce(String text) {
    server.zone().txt("_mta-sts.example.com.", 3600, text);
  }

  private void serve(String file) {
    host =
        TlsServer.start(
            CERTIFICATE.server(),
            "127.0.0.2",
            0,
            TlsServer.saying("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + file));
    server.zone().with("mta-sts.example.com. 60 A 127.0.0.2");
    checks.policyHosts(address -> address.getHostAddress().equals("127.0.0.2"), host.port());
  }

  private static String message(MtaSts mtaSts) {
    return mtaSts.findings().getFirst().message();
  }
}
