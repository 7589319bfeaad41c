package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.dnsrecord.CheckSettings.Outgoing;
import org.tlsrpt.collector.testing.TestAuthority;
import org.tlsrpt.collector.testing.TestDns;
import org.xbill.DNS.Rcode;

/** The record as it stands in DNS, asked of a real resolver on loopback. */
class RecordCheckTest {

  private static final TestAuthority AUTHORITY = TestAuthority.make();
  private static final String NAME = "_smtp._tls.example.com.";
  private static final String GOOD = "v=TLSRPTv1; rua=mailto:tls@example.net";

  private final TestDns server = TestDns.start();
  private final Checks checks = new Checks(server, AUTHORITY.trust());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VALID    | v=TLSRPTv1; rua=mailto:tls@example.net
          VALID    | v=spf1 -all && v=TLSRPTv1; rua=mailto:tls@example.net && google-site-verification=x
          INVALID  | v=TLSRPTv1; rua=tls@example.net
          INVALID  | v=TLSRPTv1;
          INVALID  | v=TLSRPTv1; rua=http://example.net/
          MULTIPLE | v=TLSRPTv1; rua=mailto:a@example.net && v=TLSRPTv1; rua=mailto:a@example.net
          MULTIPLE | v=TLSRPTv1; rua=mailto:a@example.net && v=TLSRPTv1;
          NONE     | v=spf1 -all
          NONE     | v=TSLRPTv1; rua=mailto:tls@example.net
          NONE     | v=tlsrptv1; rua=mailto:tls@example.net
          NONE     | v=TLSRPTv1 ; rua=mailto:tls@example.net
          """)
  void saysWhatSendersFind(RecordStatus status, String texts) {
    for (var text : texts.split(" && ")) {
      server.zone().txt(NAME, 3600, text);
    }
    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(status);
    assertThat(record.lint().valid()).isEqualTo(status == RecordStatus.VALID);
    assertThat(record.texts()).containsExactlyInAnyOrder(texts.split(" && "));
    assertThat(record.ttl()).isEqualTo(3600);
  }

  @Test
  void joinsStringsBeforeItLooksForThePrefix() {
    server.zone().txt(NAME, 3600, "v=TLSRP", "Tv1; rua=mailto:a@ex", "ample.net");

    assertThat(checks.check("example.com").record().lint().rua())
        .containsExactly("mailto:a@example.net");
  }

  @Test
  void saysNoneWhereThereIsNoName() {
    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.NONE);
    assertThat(record.name()).isEqualTo(NAME);
    assertThat(record.ttl()).isNull();
    assertThat(messages(record)).anyMatch(message -> message.contains("(NXDOMAIN)"));
  }

  @Test
  void saysNoneWhereTheNameHasNoTxtRecords() {
    server.zone().with(NAME + " 60 A 192.0.2.1");

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.NONE);
    assertThat(messages(record)).anyMatch(message -> message.contains("(NODATA)"));
  }

  @Test
  void neverLooksAtAParent() {
    server.zone().txt(NAME, 3600, GOOD);

    assertThat(checks.check("mail.example.com").record().status()).isEqualTo(RecordStatus.NONE);
    assertThat(server.queries())
        .contains("udp TXT _smtp._tls.mail.example.com.")
        .doesNotContain("udp TXT " + NAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void saysUnknownWhereTheResolverCannotTell(int rcode) {
    server.zone().failing(NAME, rcode);

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.UNKNOWN);
    assertThat(record.dnssec()).isEqualTo(Dnssec.UNKNOWN);
    assertThat(errors(record))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message)
                    .startsWith("Whether there is a record is not known: the resolver 127.0.0.1")
                    .contains(Rcode.string(rcode)));
  }

  /** Every single question times out, with a resolver's own patience of five seconds. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void answersInTimeWhenNobodyAnswers() {
    server.zone().silent(".");

    var checked =
        checks
            .timeout(Duration.ofSeconds(5))
            .check("example.com", CheckPart.MX_HOSTS, CheckPart.PROBE);

    assertThat(checked.record().status()).isEqualTo(RecordStatus.UNKNOWN);
    assertThat(checked.mtaSts().status()).isEqualTo(MtaSts.Status.UNKNOWN);
    assertThat(checked.mx().status()).isEqualTo(MxHosts.Status.UNKNOWN);
    assertThat(checked.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void showsWhereACnameLeads() {
    server
        .zone()
        .with(NAME + " 60 CNAME example-com.host.example.")
        .txt("example-com.host.example.", 3600, GOOD);

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.VALID);
    assertThat(record.cname()).containsExactly("example-com.host.example.");
    assertThat(finding(record, "cname").severity()).isEqualTo(Severity.INFO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gone.example.      | where there is no TXT record
          host.example.      | where there is no TXT record
          circle.example.    | leads in a circle
          """)
  void findsCnameThatLeadsNowhere(String target, String message) {
    server
        .zone()
        .with(NAME + " 60 CNAME " + target)
        .with("host.example. 60 A 192.0.2.1", "circle.example. 60 CNAME " + NAME);

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.NONE);
    assertThat(record.cname()).startsWith(target);
    assertThat(finding(record, "cname").severity()).isEqualTo(Severity.ERROR);
    assertThat(finding(record, "cname").message()).contains(message);
  }

  @Test
  void notesShortTtl() {
    server.zone().txt(NAME, 3599, GOOD);
    assertThat(finding(checks.check("example.com").record(), "ttl").message()).contains("3599 s");
  }

  @Test
  void hasNothingToSayOfATtlOfAnHour() {
    server.zone().txt(NAME, 3600, GOOD);

    assertThat(checks.check("example.com").record().lint().findings())
        .noneMatch(finding -> finding.path().equals("ttl"));
  }

  @Test
  void saysOfDnssecWhatTheResolverSays() {
    server
        .zone()
        .txt(NAME, 3600, GOOD)
        .txt("_smtp._tls.example.org.", 3600, GOOD)
        .signed("example.com.");

    var signed = checks.check("example.com").record();
    var plain = checks.check("example.org").record();

    assertThat(signed.dnssec()).isEqualTo(Dnssec.VALIDATED);
    assertThat(finding(signed, "dnssec").message())
        .startsWith("The resolver says that it validated");
    assertThat(plain.dnssec()).isEqualTo(Dnssec.NOT_VALIDATED);
    assertThat(finding(plain, "dnssec").message()).startsWith("The resolver does not say");
  }

  @Test
  void convertsTheDomainToALabels() {
    server.zone().txt("_smtp._tls.xn--bcher-kva.example.", 3600, GOOD);

    var checked = checks.check("Bücher.example.");

    assertThat(checked.domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(checked.record().status()).isEqualTo(RecordStatus.VALID);
    assertThat(checked.notes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*.example.com",
        "192.0.2.1",
        "2001:db8::1",
        "a..b",
        "a\u0000b",
        "straße.de"
      })
  void refusesWhatIsNoDomainAndAsksNothing(String domain) {
    assertThat(checks.check().check(domain, Set.of())).isInstanceOf(CheckAnswer.Refused.class);
    assertThat(server.queries()).isEmpty();
  }

  @Test
  void refusesADomainThatLeavesNoRoomForThePrefix() {
    var label = "a".repeat(63);
    var longest = String.join(".", label, label, label, "a".repeat(50));

    assertThat(checks.check(longest).record().status()).isEqualTo(RecordStatus.NONE);
    assertThat(checks.check().check(longest + "a", Set.of()))
        .isInstanceOf(CheckAnswer.Refused.class);
  }

  @Test
  void remarksThatAWildcardAnswers() {
    server.zone().txt("*.example.com.", 3600, "v=spf1 -all");

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.NONE);
    assertThat(messages(record))
        .contains("A wildcard TXT record of the zone answers here; senders pass over it.");
  }

  @Test
  void remarksThatTheRecordComesFromAWildcard() {
    server.zone().txt("*.example.com.", 3600, GOOD);

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.VALID);
    assertThat(messages(record)).anyMatch(message -> message.contains("comes from a wildcard"));
  }

  /** Resolvers turn the order of records with every answer. */
  @Test
  void knowsTheRecordsOfAWildcardInAnyOrder() {
    server
        .zone()
        .txt(NAME, 3600, "one")
        .txt(NAME, 3600, "two")
        .txt("*._tls.example.com.", 3600, "two")
        .txt("*._tls.example.com.", 3600, "one");

    assertThat(messages(checks.check("example.com").record()))
        .anyMatch(message -> message.startsWith("A wildcard TXT record"));
  }

  @Test
  void takesARecordOfItsOwnForNoWildcardsBesideOne() {
    server.zone().txt("*._tls.example.com.", 3600, "v=spf1 -all").txt(NAME, 3600, GOOD);

    assertThat(messages(checks.check("example.com").record()))
        .noneMatch(message -> message.contains("wildcard"));
  }

  @ParameterizedTest
  @CsvSource({
    "_smtp._tls.example.com.example.com., form adds the domain by itself",
    "_tls.example.com., where no sender looks",
    "_smtp-tlsrpt.example.com., where no sender looks",
    "_tlsrpt.example.com., where no sender looks",
    "example.com., where no sender looks",
  })
  void findsARecordThatStandsElsewhere(String place, String message) {
    server.zone().txt(place, 3600, GOOD);

    var record = checks.check("example.com").record();

    assertThat(record.status()).isEqualTo(RecordStatus.NONE);
    assertThat(errors(record)).anyMatch(error -> error.contains(place) && error.contains(message));
  }

  @Test
  void demandsNoRecordAtDestinationsOfSomebodyElse() {
    server.zone().txt(NAME, 3600, GOOD);
    checks.check("example.com");

    assertThat(server.queries()).noneMatch(query -> query.contains("example.net"));
  }

  @Test
  void warnsOfTheSizeOfAllRecordsAtTheName() {
    server.zone().txt(NAME, 3600, GOOD).txt(NAME, 3600, "x".repeat(250), "x".repeat(250));

    assertThat(messages(checks.check("example.com").record()))
        .anyMatch(message -> message.contains("up to 450 fit into any DNS answer"));
  }

  @Test
  void readsTwoHundredStringsAndBytesThatAreNoText() {
    var strings = new String[200];
    Arrays.fill(strings, "x".repeat(200));
    strings[0] = "v=TLSRPTv1; rua=mailto:";
    server
        .zone()
        .txt(NAME, 3600, strings)
        .with("_smtp._tls.example.org. 60 TXT \"v=TLSRPTv1; rua=\\000\\001\\255\\200\"");

    assertThat(checks.check("example.com").record().status()).isEqualTo(RecordStatus.INVALID);
    var record = checks.check("example.org").record();
    assertThat(record.status()).isEqualTo(RecordStatus.INVALID);
    assertThat(record.texts()).containsExactly("v=TLSRPTv1; rua=\uFFFD\uFFFDÿÈ");
  }

  @Test
  void neverThrowsWhateverIsPublished() {
    var random = new Random(8460);
    var domains = new ArrayList<String>();
    for (int at = 0; at < 200; at++) {
      var bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      var domain = "d%s.example".formatted(at);
      domains.add(domain);
      var text = new StringBuilder("v=TLSRPTv1; rua=https://tlsrpt.example.net");
      for (var each : bytes) {
        text.append("\\%03d".formatted(each & 0xFF));
      }
      server.zone().with("_smtp._tls." + domain + ". 60 TXT \"" + text + "\"");
    }
    var check = checks.check();
    for (var domain : domains) {
      assertThat(check.check(domain, Set.of())).isInstanceOf(CheckAnswer.Checked.class);
    }
  }

  @Test
  void saysWhichDestinationIsThisCollector() {
    server
        .zone()
        .txt(
            NAME,
            3600,
            "v=TLSRPTv1; rua=mailto:a@example.net,https://TLSRPT.example.net:443/v1/tlsrpt/example.com");

    assertThat(checks.check("example.com").destinations())
        .containsExactly(
            new CheckedDestination("mailto:a@example.net", false, null),
            new CheckedDestination(
                "https://TLSRPT.example.net:443/v1/tlsrpt/example.com", true, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://tlsrpt.example.net/v1/tlsrpt/example.org | WARNING | Reports would be kept as those of example.org
          https://tlsrpt.example.net/tlsrpt/example.com    | WARNING | no address where it takes reports: write https://tlsrpt.example.net/v1/tlsrpt/example.com.
          https://other.example/v1/tlsrpt/example.com      | INFO    | No destination is this collector, https://tlsrpt.example.net/v1/tlsrpt/example.com.
          """)
  void remarksOnDestinations(String uri, Severity severity, String message) {
    server.zone().txt(NAME, 3600, "v=TLSRPTv1; rua=" + uri);

    assertThat(checks.check("example.com").record().lint().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.message()).contains(message);
            });
  }

  @Test
  void saysThatNoDestinationCanBeThisCollectorWithoutHttps() {
    server.zone().txt(NAME, 3600, "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt");

    var checked = checks.publicUrl("http://tlsrpt.example.net").check("example.com");

    assertThat(checked.destinations().getFirst().here()).isFalse();
    assertThat(messages(checked.record()))
        .anyMatch(message -> message.contains("set tlsrpt.public-url"));
  }

  @Test
  void doesNotLookWhatItMayNot() {
    server
        .zone()
        .txt(NAME, 3600, "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com");

    var checked = checks.allow(Outgoing.DNS).check("example.com", CheckPart.PROBE);

    assertThat(checked.destinations().getFirst().probe())
        .isEqualTo(new Probe.NotSent("tlsrpt.check.outgoing does not list probe."));
    assertThat(server.queries())
        .noneMatch(query -> query.contains(" A ") && query.contains("mta-sts."))
        .noneMatch(query -> query.contains("tlsrpt.example.net"));
  }

  @Test
  void isSwitchedOffWithoutDns() {
    assertThat(checks.allow(Outgoing.PROBE).check().check("example.com", Set.of()))
        .isEqualTo(new CheckAnswer.SwitchedOff());
    assertThat(server.queries()).isEmpty();
  }

  @Test
  void turnsAwayMoreChecksThanItHasRoomFor() {
    server.zone().silent(".");
    var check = checks.timeout(Duration.ofSeconds(2)).check();
    var running =
        IntStream.range(0, 40)
            .mapToObj(
                at -> Parallel.start(() -> check.check("d%s.example".formatted(at), Set.of())))
            .toList();

    var answers = running.stream().map(CompletableFuture::join).toList();

    assertThat(answers.stream().filter(CheckAnswer.Busy.class::isInstance)).hasSize(24);
  }

  private static List<String> messages(CheckedRecord record) {
    return record.lint().findings().stream().map(Finding::message).toList();
  }

  private static List<String> errors(CheckedRecord record) {
    return record.lint().findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Finding::message)
        .toList();
  }

  private static Finding finding(CheckedRecord record, String path) {
    return record.lint().findings().stream()
        .filter(finding -> finding.path().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
