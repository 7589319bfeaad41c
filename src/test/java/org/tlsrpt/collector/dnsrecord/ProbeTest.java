package org.tlsrpt.collector.dnsrecord;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.TestAuthority;
import org.tlsrpt.collector.testing.TestAuthority.Issued;
import org.tlsrpt.collector.testing.TestDns;
import org.tlsrpt.collector.testing.TlsServer;
import org.tlsrpt.collector.testing.TlsServer.Conversation;

/** The real probe on its way to the real service, TLS before it, found in a real DNS. */
@CollectorTest
class ProbeTest {

  private static final String HOST = "tlsrpt.example.net";
  private static final TestAuthority AUTHORITY = TestAuthority.make();
  private static final Issued GOOD = AUTHORITY.issue(HOST, "127.0.0.1", "::1");

  @Autowired Http http;
  @Autowired MeterRegistry meters;

  private final TestDns server = TestDns.start();
  private final List<TlsServer> fronts = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
    fronts.forEach(TlsServer::close);
  }

  @Test
  void arrivesByIpv4AndIpv6AndIsNotStored() {
    var probedBefore = probed();
    var storedBefore = http.getAsAdmin("/v1/reports").text();
    var port = front("127.0.0.1", 0, GOOD, toTheService());
    front("::1", port, GOOD, toTheService());
    server.zone().with(HOST + ". 60 AAAA ::1");

    var sent = sent(probe(port));

    assertThat(sent.ok()).as(sent.toString()).isTrue();
    assertThat(sent.url()).isEqualTo("https://%s:%s/v1/tlsrpt/example.com".formatted(HOST, port));
    assertThat(sent.attempts())
        .extracting(Probe.Attempt::address)
        .containsExactly("::1", "127.0.0.1");
    assertThat(sent.remarks()).isEmpty();
    assertThat(probed() - probedBefore).isEqualTo(2);
    assertThat(http.getAsAdmin("/v1/reports").text()).isEqualTo(storedBefore);
  }

  @Test
  void saysWhatItSawOnTheWay() {
    var attempt = sent(probe(front(GOOD))).attempts().getFirst();

    assertThat(attempt.connect().problem()).isNull();
    assertThat(attempt.tls().protocol()).isEqualTo("TLSv1.3");
    assertThat(attempt.tls().trusted()).isTrue();
    assertThat(attempt.tls().nameMatches()).isTrue();
    assertThat(attempt.tls().daysLeft()).isBetween(6L, 7L);
    assertThat(attempt.tls().notAfter()).isEqualTo(GOOD.certificate().getNotAfter().toInstant());
    assertThat(attempt.tls().problems()).isEmpty();
    assertThat(attempt.post().status()).isEqualTo(200);
    assertThat(attempt.post().problem()).isNull();
  }

  @Test
  void tellsOfAnExpiredCertificateAndGoesOn() {
    var attempt = sent(probe(front(AUTHORITY.issueExpired(HOST)))).attempts().getFirst();

    assertThat(attempt.ok()).isFalse();
    assertThat(attempt.tls().trusted()).isFalse();
    assertThat(attempt.tls().nameMatches()).isTrue();
    assertThat(attempt.tls().daysLeft()).isNegative();
    assertThat(attempt.tls().problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem).matches("The certificate expired on .*: renew it."));
    assertThat(attempt.post().status()).isEqualTo(200);
    assertThat(attempt.post().problem()).isNull();
  }

  @Test
  void tellsOfACertificateForAnotherNameAndGoesOn() {
    var attempt =
        sent(probe(front(AUTHORITY.issue("www.example.net", "example.net")))).attempts().getFirst();

    assertThat(attempt.tls().trusted()).isTrue();
    assertThat(attempt.tls().nameMatches()).isFalse();
    assertThat(attempt.tls().problems())
        .containsExactly(
            "The certificate is for www.example.net, example.net and not for "
                + HOST
                + ": get one for this host.");
    assertThat(attempt.post().problem()).isNull();
  }

  @Test
  void tellsOfACertificateThatIsNotValidYet() {
    var problems =
        sent(probe(front(AUTHORITY.issue("+2d", 9, HOST)))).attempts().getFirst().tls().problems();

    assertThat(problems).singleElement().satisfies(p -> assertThat(p).contains("is valid from"));
  }

  @Test
  void tellsOfACertificateThatShouldHaveBeenRenewed() {
    var problems =
        sent(probe(front(AUTHORITY.issue("-87d", 90, HOST))))
            .attempts()
            .getFirst()
            .tls()
            .problems();

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p).contains("expires in 2 days"));
  }

  @Test
  void tellsOfAnAuthorityThatNobodyTrusts() {
    var problems =
        sent(probe(front(TestAuthority.make().issue(HOST)))).attempts().getFirst().tls().problems();

    assertThat(problems)
        .containsExactly(
            "The certificate leads to no root that this machine trusts: get one from a public"
                + " authority.");
  }

  @Test
  void tellsOfAChainThatIsMissing() {
    var problems =
        sent(probe(front(TestAuthority.make().issue(HOST).alone())))
            .attempts()
            .getFirst()
            .tls()
            .problems();

    assertThat(problems).singleElement().satisfies(p -> assertThat(p).contains("fullchain.pem"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          301 Moved\\r\\nLocation: https://elsewhere.example/ | a redirect (301) to https://elsewhere.example/: senders take it for a delivery
          302 Found\\r\\nLocation: /login     | a redirect (302) to /login
          307 X\\r\\nLocation: /v1/tlsrpt     | a redirect (307)
          401 X                             | senders cannot log in
          403 X                             | senders cannot log in
          404 X                             | tlsrpt.intake.domains
          405 X                             | does not let POST through
          413 X                             | allows tiny bodies only
          415 X                             | refuses the media type
          421 X                             | does not know this host name
          429 X                             | used up its share
          400 X                             | take the report for refused
          500 X                             | look into the log
          502 X                             | the proxy in front does not reach the collector
          504 X                             | the proxy in front does not reach the collector
          503 X                             | takes nothing now
          200 OK                            | another server answers at this address
          201 Created                       | takes the header Tlsrpt-Probe away
          204 No Content                    | another server answers at this address
          """)
  void saysWhatAnAnswerMeans(String answer, String meaning) {
    var head = "HTTP/1.1 " + answer.replace("\\r\\n", "\r\n") + "\r\nContent-Length: 0\r\n\r\n";
    var port = front("127.0.0.1", 0, GOOD, TlsServer.saying(head));

    var post = sent(probe(port)).attempts().getFirst().post();

    assertThat(post.status()).isEqualTo(Integer.parseInt(answer, 0, 3, 10));
    assertThat(post.problem()).contains(meaning);
    assertThat(fronts.getFirst().connections()).as("one request, followed nowhere").isEqualTo(1);
  }

  @Test
  void isNotTakenInByTheNonceOfAnother() {
    var other = "{\"status\":\"probe\",\"nonce\":\"0123456789abcdef0123456789abcdef\"}";
    var port = front("127.0.0.1", 0, GOOD, TlsServer.saying("HTTP/1.1 200 OK\r\n\r\n" + other));

    assertThat(sent(probe(port)).attempts().getFirst().post().problem())
        .contains("not this collector's");
  }

  @Test
  void isNotTakenInByAnEcho() {
    var port =
        front(
            "127.0.0.1",
            0,
            GOOD,
            socket -> {
              var request = new byte[8_192];
              var length = socket.getInputStream().read(request);
              socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
              socket.getOutputStream().write(request, 0, length);
            });

    assertThat(sent(probe(port)).attempts().getFirst().post().problem())
        .contains("not this collector's");
  }

  @Test
  void saysThatNothingListens() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    server.zone().with(HOST + ". 60 A 127.0.0.1");

    var attempt = sent(probe(port)).attempts().getFirst();

    assertThat(attempt.connect().problem()).contains("nothing listens there");
    assertThat(attempt.tls()).isNull();
    assertThat(attempt.post()).isNull();
  }

  @Test
  void saysThatTheServerDoesNotSpeakTls() {
    server.zone().with(HOST + ". 60 A 127.0.0.1");

    var attempt = sent(probe(http.port())).attempts().getFirst();

    assertThat(attempt.connect().problem()).isNull();
    assertThat(attempt.tls().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).startsWith("TLS fails: "));
    assertThat(attempt.post()).isNull();
  }

  @Test
  void saysThatTheConnectionEndedWithoutAnAnswer() {
    var port = front("127.0.0.1", 0, GOOD, TlsServer.saying(""));

    var attempt = sent(probe(port)).attempts().getFirst();

    assertThat(attempt.post().status()).isNull();
    assertThat(attempt.post().problem()).startsWith("There is no answer to the report: ");
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws IOException {
    try (var mute = new ServerSocket(0, 9, InetAddress.ofLiteral("127.0.0.1"))) {
      var own = new OwnIntake(new PublicUrl("https://127.0.0.1:" + mute.getLocalPort()));

      var attempt =
          ProbeAttempt.send(
              own.url(new OwnIntake.Target("")),
              own.host(),
              InetAddress.ofLiteral("127.0.0.1"),
              AUTHORITY.trust(),
              Clock.systemUTC(),
              Deadline.in(Duration.ofMillis(300)));

      assertThat(attempt.tls().problems().toString()).contains("no answer in time");
    }
  }

  @Test
  void saysThatTheHostHasNoAddress() {
    assertThat(probe(443))
        .isInstanceOfSatisfying(
            Probe.NotSent.class,
            probe -> assertThat(probe.reason()).contains("has no address in DNS"));
  }

  @Test
  void remarksThatThereIsNoIpv6() {
    var sent = sent(probe(front(GOOD)));

    assertThat(sent.ok()).isTrue();
    assertThat(sent.remarks())
        .singleElement()
        .satisfies(r -> assertThat(r).contains("no IPv6 address"));
  }

  @Test
  void triesFourAddressesOfAFamilyAtMost() {
    for (int at = 1; at <= 9; at++) {
      server.zone().with(HOST + ". 60 A 127.0.1." + at);
    }
    var sent = sent(probe(1));

    assertThat(sent.attempts()).hasSize(4);
    assertThat(sent.remarks())
        .anyMatch(remark -> remark.contains("Of 9 IPv4 addresses the first 4"));
  }

  @Test
  void asksNoDnsForAnAddress() {
    var port = front("127.0.0.1", 0, GOOD, toTheService());
    var url = "https://127.0.0.1:" + port;
    publish(url + "/v1/tlsrpt/example.com");

    var sent = sent(check(url).destinations().getFirst().probe());

    assertThat(sent.ok()).as(sent.toString()).isTrue();
    assertThat(server.queries()).noneMatch(query -> query.contains("127.0.0.1"));
  }

  /** Whatever a record names: only {@code tlsrpt.public-url} is ever connected to. */
  @Test
  void goesNowhereElse() {
    var elsewhere = front("127.0.0.1", 0, GOOD, toTheService());
    publish(
        "https://127.0.0.1:%1$s/v1/tlsrpt/example.com,https://%2$s:%1$s/v1/tlsrpt"
            .formatted(elsewhere, HOST));

    var checked = check("https://" + HOST + ":" + (elsewhere + 1));

    assertThat(checked.destinations())
        .allSatisfy(destination -> assertThat(destination.probe()).isNull());
    assertThat(fronts.getFirst().connections()).isZero();
  }

  @Test
  void sendsOneForDestinationsThatAreTheSame() {
    var port = front(GOOD);
    var url = "https://%s:%s/v1/tlsrpt".formatted(HOST, port);
    publish("%1$s,%1$s/,%1$s?x=1".formatted(url));

    var checked = check("https://" + HOST + ":" + port);

    assertThat(checked.destinations()).hasSize(3).allMatch(each -> each.probe().ok());
    assertThat(fronts.getFirst().connections()).isEqualTo(1);
  }

  @Test
  void sendsNoneUnlessAsked() {
    var port = front(GOOD);
    var url = "https://" + HOST + ":" + port;
    publish(url + "/v1/tlsrpt/example.com");

    var checked =
        (CheckAnswer.Checked)
            new Checks(server, AUTHORITY.trust())
                .publicUrl(url)
                .check()
                .check("example.com", Set.of());

    assertThat(checked.destinations().getFirst().here()).isTrue();
    assertThat(checked.destinations().getFirst().probe()).isNull();
    assertThat(fronts.getFirst().connections()).isZero();
  }

  private Conversation toTheService() {
    return TlsServer.passingTo(http.port());
  }

  private int front(Issued certificate) {
    return front("127.0.0.1", 0, certificate, toTheService());
  }

  private int front(String address, int port, Issued certificate, Conversation conversation) {
    var front = TlsServer.start(certificate.server(), address, port, conversation);
    fronts.add(front);
    if (address.equals("127.0.0.1")) {
      server.zone().with(HOST + ". 60 A 127.0.0.1");
    }
    return front.port();
  }

  private Probe probe(int port) {
    var url = "https://" + HOST + (port == 443 ? "" : ":" + port);
    publish(url + "/v1/tlsrpt/example.com");
    return check(url).destinations().getFirst().probe();
  }

  private void publish(String rua) {
    server.zone().txt("_smtp._tls.example.com.", 3600, "v=TLSRPTv1; rua=" + rua);
  }

  private CheckAnswer.Checked check(String publicUrl) {
    return new Checks(server, AUTHORITY.trust())
        .publicUrl(publicUrl)
        .check("example.com", CheckPart.PROBE);
  }

  private static Probe.Sent sent(Probe probe) {
    assertThat(probe).isInstanceOf(Probe.Sent.class);
    return (Probe.Sent) probe;
  }

  private long probed() {
    return meters.find("tlsrpt.deliveries").tag("outcome", "probed").timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
