package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.dnsrecord.DnsAnswer.Absence;
import org.tlsrpt.collector.testing.TestDns;
import org.xbill.DNS.Rcode;

/** Every answer a resolver can give, from a real one on loopback. */
class DnsTest {

  private static final String NAME = "_smtp._tls.example.com.";
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final TestDns server = TestDns.start();
  private final TestDns second = TestDns.start();
  private final AtomicLong nanos = new AtomicLong();
  private final Dns dns = dns(server);

  @AfterEach
  void stop() {
    server.close();
    second.close();
  }

  @Test
  void joinsStringsWithNothingBetween() {
    server.zone().txt(NAME, 3600, "v=TLSRP", "Tv1; rua=mailto:a@ex", "ample.com");

    assertThat(txt(NAME))
        .isEqualTo(
            new DnsAnswer.Found<>(
                List.of("v=TLSRPTv1; rua=mailto:a@example.com"), List.of(), 3600, false));
  }

  @Test
  void readsUtf8AndAnythingElse() {
    server
        .zone()
        .with(
            NAME + " 60 TXT \"B\\195\\188cher\"", // UTF-8
            NAME + " 60 TXT \"B\\252cher\"", // ISO 8859-1
            NAME + " 60 TXT \"\\000\\007\"");

    assertThat(txt(NAME).dataOrNone())
        .containsExactlyInAnyOrder("Bücher", "Bücher", "\u0000\u0007");
  }

  @Test
  void asksByTcpWhereUdpIsTooSmall() {
    var long1 = "x".repeat(255);
    server
        .zone()
        .txt(NAME, 60, IntStream.range(0, 200).mapToObj(i -> long1).toArray(String[]::new));

    assertThat(txt(NAME).dataOrNone()).containsExactly(long1.repeat(200));
    assertThat(server.queries()).containsExactly("udp TXT " + NAME, "tcp TXT " + NAME);
  }

  @Test
  void saysNoSuchName() {
    assertThat(txt(NAME)).isEqualTo(new DnsAnswer.Nothing<>(Absence.NXDOMAIN, List.of(), false));
  }

  @Test
  void saysThatTheNameHasNoSuchRecords() {
    server.zone().with(NAME + " 60 A 192.0.2.1");

    assertThat(txt(NAME)).isEqualTo(new DnsAnswer.Nothing<>(Absence.NODATA, List.of(), false));
  }

  @Test
  void saysNoDataForNameThatOnlyHasNamesBelowIt() {
    server.zone().txt(NAME, 60, "x");

    assertThat(txt("_tls.example.com."))
        .isEqualTo(new DnsAnswer.Nothing<>(Absence.NODATA, List.of(), false));
  }

  @ParameterizedTest
  @CsvSource({"SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"})
  void doesNotTakeAnErrorForNothing(String rcode) {
    server.zone().failing(NAME, Rcode.value(rcode));

    assertThat(txt(NAME))
        .isEqualTo(new DnsAnswer.Failed<>("the resolver 127.0.0.1 says " + rcode, List.of()));
  }

  @Test
  void passesOnWhyAnErrorButNotInTheResolversWords() {
    server.zone().failing(NAME, Rcode.SERVFAIL, 6);

    assertThat(txt(NAME))
        .isEqualTo(
            new DnsAnswer.Failed<>(
                "the resolver 127.0.0.1 says SERVFAIL (DNSSEC_BOGUS)", List.of()));
  }

  @Test
  void doesNotTakeSilenceForNothing() {
    server.zone().silent(".");

    assertThat(txt(NAME))
        .isEqualTo(
            new DnsAnswer.Failed<>("no resolver answers (127.0.0.1, 300 ms each)", List.of()));
    assertThat(server.queries()).as("a second try").hasSize(2);
  }

  @Test
  void asksTheNextResolverWhenOneIsSilent() {
    server.zone().silent(".");
    second.zone().txt(NAME, 60, "x");

    assertThat(dns(server, second).txt(NAME, soon()).dataOrNone()).containsExactly("x");
  }

  @Test
  void asksTheNextResolverWhenOneRefuses() {
    server.zone().failing(NAME, Rcode.REFUSED);
    second.zone().txt(NAME, 60, "x");

    assertThat(dns(server, second).txt(NAME, soon()).dataOrNone()).containsExactly("x");
  }

  @Test
  void believesTheFirstThatSaysThereIsNothing() {
    second.zone().txt(NAME, 60, "x");

    assertThat(dns(server, second).txt(NAME, soon())).isInstanceOf(DnsAnswer.Nothing.class);
    assertThat(second.queries()).isEmpty();
  }

  @Test
  void givesUpAtTheDeadlineHoweverManyAreSilent() {
    server.zone().silent(".");
    second.zone().silent(".");

    assertThat(dns(server, second).txt(NAME, Deadline.in(Duration.ofMillis(50))))
        .isInstanceOf(DnsAnswer.Failed.class);
    assertThat(second.queries()).isEmpty();
  }

  @Test
  void followsCnames() {
    server
        .zone()
        .with(NAME + " 60 CNAME a.example.net.", "a.example.net. 30 CNAME b.example.net.")
        .txt("b.example.net.", 900, "x");

    assertThat(txt(NAME))
        .isEqualTo(
            new DnsAnswer.Found<>(
                List.of("x"), List.of("a.example.net.", "b.example.net."), 900, false));
  }

  @Test
  void asksOnWhereTheAnswerEndsWithACname() {
    server
        .zone()
        .withoutFollowing()
        .with(NAME + " 60 CNAME a.example.net.", "a.example.net. 30 CNAME b.example.net.")
        .txt("b.example.net.", 900, "x");

    assertThat(txt(NAME).dataOrNone()).containsExactly("x");
    assertThat(server.queries()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"gone.example.net., NXDOMAIN", "host.example.net., NODATA"})
  void saysWhereADanglingCnameLeads(String target, Absence absence) {
    server.zone().with(NAME + " 60 CNAME " + target, "host.example.net. 60 A 192.0.2.1");

    assertThat(txt(NAME)).isEqualTo(new DnsAnswer.Nothing<>(absence, List.of(target), false));
  }

  @Test
  void seesCircle() {
    server.zone().with(NAME + " 60 CNAME a.example.net.", "a.example.net. 60 CNAME " + NAME);

    assertThat(txt(NAME))
        .isEqualTo(
            new DnsAnswer.Broken<>(
                "The CNAME leads in a circle, back to " + NAME + ".",
                List.of("a.example.net.", NAME)));
  }

  @Test
  void seesCircleThatAResolverHidesBehindAnError() {
    server
        .zone()
        .hidingCircles()
        .with(NAME + " 60 CNAME a.example.net.", "a.example.net. 60 CNAME " + NAME);

    assertThat(txt(NAME)).isInstanceOf(DnsAnswer.Broken.class);
  }

  @Test
  void followsNoMoreCnamesThanResolversDo() {
    for (int at = 0; at < 30; at++) {
      server.zone().with("c%d.example. 60 CNAME c%d.example.".formatted(at, at + 1));
    }

    assertThat(txt("c0.example."))
        .isInstanceOfSatisfying(
            DnsAnswer.Broken.class,
            broken ->
                assertThat(broken.reason()).isEqualTo("More than 15 CNAMEs follow each other."));
  }

  @Test
  void saysWhatTheResolverSaysOfDnssec() {
    server.zone().txt(NAME, 60, "x").signed("example.com.");

    assertThat(txt(NAME).dnssec()).isEqualTo(Dnssec.VALIDATED);
    assertThat(txt("_smtp._tls.example.net.").dnssec()).isEqualTo(Dnssec.NOT_VALIDATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com.", "example.net."})
  void isNotValidatedIfOnlyOneSideOfACnameIs(String signed) {
    server
        .zone()
        .withoutFollowing()
        .with(NAME + " 60 CNAME a.example.net.")
        .txt("a.example.net.", 60, "x")
        .signed(signed);

    assertThat(txt(NAME).dnssec()).isEqualTo(Dnssec.NOT_VALIDATED);
  }

  @Test
  void remembersAnAnswerForItsTtl() {
    server.zone().txt(NAME, 60, "x");

    assertThat(List.of(txt(NAME), txt(NAME.toUpperCase(Locale.ROOT)))).hasSize(2);
    assertThat(server.queries()).hasSize(1);

    pass(Duration.ofSeconds(61));
    txt(NAME);
    assertThat(server.queries()).hasSize(2);
  }

  @Test
  void remembersNothingForASecondIfTheTtlIsZero() {
    server.zone().txt(NAME, 0, "x");
    txt(NAME);
    pass(Duration.ofMillis(1));
    txt(NAME);

    assertThat(server.queries()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"10, 11", "86400, 61"})
  void remembersThatThereIsNothingForAsLongAsTheZoneSaysAndNoLongerThanAMinute(
      long negativeTtl, long seconds) {
    server.zone().negativeTtl(negativeTtl);
    txt(NAME);
    pass(Duration.ofSeconds(seconds - 2));
    txt(NAME);
    assertThat(server.queries()).hasSize(1);

    pass(Duration.ofSeconds(2));
    txt(NAME);
    assertThat(server.queries()).hasSize(2);
  }

  @Test
  void remembersAFailureForSecondsOnly() {
    server.zone().failing(NAME, Rcode.SERVFAIL);
    txt(NAME);
    var before = server.queries().size();
    txt(NAME);
    assertThat(server.queries()).hasSize(before);

    pass(Duration.ofSeconds(6));
    txt(NAME);
    assertThat(server.queries()).hasSizeGreaterThan(before);
  }

  @Test
  void knowsWithoutAskingThatNoNameIsThatLong() {
    assertThat(txt("a".repeat(64) + ".example."))
        .isEqualTo(new DnsAnswer.Nothing<>(Absence.NXDOMAIN, List.of(), false));
    assertThat(txt("a123456.".repeat(33)))
        .isEqualTo(new DnsAnswer.Nothing<>(Absence.NXDOMAIN, List.of(), false));
    assertThat(server.queries()).isEmpty();
  }

  @Test
  void readsTheOtherTypes() throws Exception {
    server
        .zone()
        .with(
            "example.com. 60 MX 10 mx.example.com.",
            "mx.example.com. 60 A 192.0.2.1",
            "mx.example.com. 60 AAAA 2001:db8::1",
            "_25._tcp.mx.example.com. 60 TLSA 3 1 1 ABCDEF");

    assertThat(dns.mx("example.com.", soon()).dataOrNone())
        .containsExactly(new Dns.Mx(10, "mx.example.com."));
    assertThat(dns.ipv4("mx.example.com.", soon()).dataOrNone())
        .containsExactly(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(dns.ipv6("mx.example.com.", soon()).dataOrNone())
        .containsExactly(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(dns.tlsa("_25._tcp.mx.example.com.", soon()).dataOrNone())
        .containsExactly("3 1 1 abcdef");
  }

  private DnsAnswer<String> txt(String name) {
    return dns.txt(name, soon());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5));
  }

  private Dns dns(TestDns... servers) {
    var addresses =
        Arrays.stream(servers)
            .map(each -> new InetSocketAddress(InetAddress.getLoopbackAddress(), each.port()))
            .toList();
    return new Dns(new Resolvers(addresses, TIMEOUT), nanos::get);
  }
}
