package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsrpt.collector.dnsrecord.PolicyFetch.Fetched;
import org.tlsrpt.collector.testing.TestAuthority;
import org.tlsrpt.collector.testing.TestAuthority.Issued;
import org.tlsrpt.collector.testing.TestDns;
import org.tlsrpt.collector.testing.TlsServer;
import org.tlsrpt.collector.testing.TlsServer.Conversation;

/** The one request that goes where somebody else says, over real TLS to a server of loopback. */
class PolicyFetchTest {

  private static final TestAuthority AUTHORITY = TestAuthority.make();
  private static final Issued GOOD = AUTHORITY.issue("mta-sts.example.com");

  private static final String FILE = "version: STSv1\nmode: none\nmax_age: 86400\n";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
          + FILE.length()
          + "\r\n\r\n";

  /** The public, as far as these tests go. */
  private static final Set<String> PUBLIC = Set.of("127.0.0.2", "127.0.0.4");

  private final TestDns server = TestDns.start();
  private final AtomicLong nanos = new AtomicLong();
  private TlsServer host;

  @AfterEach
  void stop() {
    server.close();
    if (host != null) {
      host.close();
    }
  }

  @Test
  void fetchesTheFile() {
    serve(GOOD, TlsServer.saying(OK + FILE));

    assertThat(fetch()).isEqualTo(new Fetched.File(FILE, List.of()));
  }

  @Test
  void saysThatThereIsNoHost() {
    assertThat(fetch("example.net", this::isPublic, 443)).isEqualTo(new Fetched.NoHost());
  }

  @Test
  void doesNotTakeAFailingLookUpForNoHost() {
    server.zone().failing("mta-sts.example.com.", 2);

    assertThat(fetch("example.com", this::isPublic, 443)).isInstanceOf(Fetched.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 301 Moved\\r\\nLocation: https://127.0.0.1/\\r\\n\\r\\n | answers with a redirect (301)
          HTTP/1.1 302 Found\\r\\nLocation: http://169.254.169.254/\\r\\n\\r\\n | answers with a redirect (302)
          HTTP/1.1 307 X\\r\\nLocation: /other\\r\\n\\r\\n                | answers with a redirect (307)
          HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n       | answers 404 instead of 200.
          HTTP/1.1 204 No Content\\r\\n\\r\\n                           | answers 204 instead of 200.
          HTTP/1.1 500 X\\r\\nContent-Length: 0\\r\\n\\r\\n               | answers 500 instead of 200.
          HTTP/1.1 401 X\\r\\nWWW-Authenticate: Basic\\r\\nContent-Length: 0\\r\\n\\r\\n | answers 401
          HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\n\\r\\nx          | comes compressed
          HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nx              | cannot be fetched
          HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | cannot be fetched
          SSH-2.0-OpenSSH_9.2\\r\\n                                 | cannot be fetched
          ''                                                     | cannot be fetched
          """)
  void saysWhyThereIsNoFile(String answer, String reason) {
    serve(GOOD, TlsServer.saying(unescaped(answer)));

    assertThat(fetch())
        .isInstanceOfSatisfying(
            Fetched.Missing.class, missing -> assertThat(missing.reason()).contains(reason));
    assertThat(host.connections()).as("no redirect followed, nothing tried again").isEqualTo(1);
  }

  @Test
  void readsNoMoreThan64Kilobytes() {
    var largest = "x".repeat(64 * 1024);
    serve(GOOD, TlsServer.saying("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + largest));
    assertThat(fetch()).isEqualTo(new Fetched.File(largest, List.of()));
    host.close();

    serve(GOOD, TlsServer.saying("HTTP/1.1 200 OK\r\n\r\nx" + largest));
    assertThat(fetch())
        .isInstanceOfSatisfying(
            Fetched.Missing.class,
            missing ->
                assertThat(missing.reason())
                    .endsWith("is larger than the 64 kB that senders read."));
  }

  /** A body, a status line, a header and headers without end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK\\r\\nContent-Length: 9999999999\\r\\n\\r\\n | x
          HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | 1
          HTTP/1.1 200                                         | x
          HTTP/1.1 200 OK\\r\\nX:                               | x
          HTTP/1.1 200 OK                                      | \\r\\nX: y
          """)
  void stopsReadingWhatHasNoEnd(String begin, String more) {
    var written = new AtomicLong();
    var endless = unescaped(more).repeat(1_024).getBytes(StandardCharsets.US_ASCII);
    serve(
        GOOD,
        socket -> {
          var out = socket.getOutputStream();
          out.write(unescaped(begin).getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write(endless);
            written.addAndGet(endless.length);
          }
        });

    assertThat(fetch()).isInstanceOf(Fetched.Missing.class);
    assertThat(written.get()).as("what buffers on the way hold").isLessThan(20_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n"})
  void givesUpOnAHostThatDripsHoweverFarItCame(String before) {
    serve(
        GOOD,
        socket -> {
          var out = socket.getOutputStream();
          out.write(before.getBytes(StandardCharsets.US_ASCII));
          for (int at = 0; at < 1_000; at++) {
            out.write('x');
            out.flush();
            pause();
          }
        });

    assertThat(fetchWithin(Duration.ofMillis(600)))
        .isInstanceOfSatisfying(
            Fetched.Missing.class,
            missing -> assertThat(missing.reason()).contains("did not come within"));
  }

  @Test
  void givesUpOnAHostThatNeverShakesHands() throws IOException {
    try (var mute = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.2"))) {
      server.zone().with("mta-sts.example.com. 60 A 127.0.0.2");

      assertThat(
              fetch(this::isPublic, mute.getLocalPort())
                  .fetch("example.com", Deadline.in(Duration.ofMillis(500))))
          .isInstanceOf(Fetched.Missing.class);
    }
  }

  @Test
  void refusesAnExpiredCertificate() {
    serve(AUTHORITY.issueExpired("mta-sts.example.com"), TlsServer.saying(OK + FILE));

    assertThat(fetch().toString()).contains("the certificate has expired; renew it.");
  }

  @Test
  void refusesACertificateForAnotherName() {
    serve(AUTHORITY.issue("example.com", "*.mta-sts.example.com"), TlsServer.saying(OK + FILE));

    assertThat(fetch().toString()).contains("the certificate is for other names");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() {
    serve(TestAuthority.make().issue("mta-sts.example.com"), TlsServer.saying(OK + FILE));

    assertThat(fetch().toString()).contains("leads to no root this machine trusts");
  }

  @Test
  void remarksOnTheMediaTypeAndOnAddressesNobodyReaches() {
    server.zone().with("mta-sts.example.com. 60 A 10.0.0.1");
    serve(
        GOOD,
        TlsServer.saying(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"));

    assertThat(fetch())
        .isInstanceOfSatisfying(
            Fetched.File.class,
            file ->
                assertThat(file.remarks())
                    .hasSize(2)
                    .anyMatch(remark -> remark.endsWith("should be served as text/plain."))
                    .anyMatch(remark -> remark.contains("not public (10.0.0.1)")));
  }

  /** Against the real guard: whatever a name leads to inside, nothing is connected to. */
  @ParameterizedTest
  @CsvSource({
    "A 127.0.0.1",
    "A 127.0.0.2",
    "A 0.0.0.0",
    "A 10.0.0.1",
    "A 169.254.169.254",
    "A 100.64.0.1",
    "AAAA ::1",
    "AAAA ::ffff:127.0.0.1",
    "AAAA ::127.0.0.1",
    "AAAA 64:ff9b::7f00:1",
    "AAAA 2002:7f00:1::1",
    "AAAA fe80::1",
    "AAAA fd00::1",
    "CNAME localhost.",
    "CNAME inside.example.com.",
  })
  void connectsToNothingInside(String record) {
    host = TlsServer.start(GOOD.server(), "0.0.0.0", 0, TlsServer.saying(OK + FILE));
    server
        .zone()
        .with(
            "mta-sts.example.com. 60 " + record,
            "localhost. 60 A 127.0.0.1",
            "localhost. 60 AAAA ::1",
            "inside.example.com. 60 A 192.168.1.1");

    assertThat(fetch("example.com", PublicAddresses::isPublic, host.port()))
        .isInstanceOfSatisfying(
            Fetched.Missing.class,
            missing -> assertThat(missing.reason()).contains("has no public address"));
    assertThat(host.connections()).isZero();
  }

  /** Names that libraries of C take for 127.0.0.1 are names here, and nobody has them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "127.0.0.1"})
  void looksUpDecimalAddressesAsNames(String domain) {
    assertThat(fetch(domain, address -> true, 443)).isEqualTo(new Fetched.NoHost());
    assertThat(server.queries()).contains("udp A mta-sts." + domain + ".");
  }

  @Test
  void staysWithTheAddressItCheckedWhenTheNameChangesItsAnswer() {
    server.zone().turns("mta-sts.example.com. 0 A 127.0.0.2", "mta-sts.example.com. 0 A 127.0.0.3");
    host = TlsServer.start(GOOD.server(), "127.0.0.2", 0, TlsServer.saying(OK + FILE));
    try (var inside =
        TlsServer.start(GOOD.server(), "127.0.0.3", host.port(), TlsServer.saying(OK + FILE))) {
      assertThat(fetch("example.com", this::isPublic, host.port()))
          .isInstanceOf(Fetched.File.class);

      assertThat(host.connections()).isEqualTo(1);
      assertThat(inside.connections()).isZero();
      assertThat(server.queries().stream().filter(q -> q.startsWith("udp A "))).hasSize(1);
    }
  }

  /**
   * The last door: whatever led the connection there, the peer of the socket itself is compared.
   */
  @Test
  void shakesNoHandsWithAnotherPeerThanTheOneAllowed() throws IOException {
    host = TlsServer.start(GOOD.server(), "127.0.0.3", 0, TlsServer.saying(OK + FILE));
    var strategy =
        https()
            .strategy(List.of(InetAddress.ofLiteral("127.0.0.2")), PinnedHttps.Progress.UNWATCHED);
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.3"), host.port())) {
      assertThatThrownBy(() -> strategy.upgrade(socket, "mta-sts.example.com", 443, null, null))
          .hasMessage("The connection leads to another address than the one allowed.");
    }
  }

  @Test
  void refusesANameThatChangedItsAnswerToTheInside() {
    server.zone().turns("mta-sts.example.com. 0 A 127.0.0.2", "mta-sts.example.com. 0 A 127.0.0.3");
    var dns = dns();
    assertThat(dns.ipv4("mta-sts.example.com.", soon()).dataOrNone()).hasSize(1);
    nanos.addAndGet(1_000_000);
    try (var inside = TlsServer.start(GOOD.server(), "127.0.0.3", 0, TlsServer.saying(OK + FILE))) {
      var fetch = new PolicyFetch(dns, https(), this::isPublic, inside.port(), nanos::get);

      assertThat(fetch.fetch("example.com", soon()).toString()).contains("no public address");
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void asksAHostOnceAMinuteHoweverOftenSomebodyClicks() {
    serve(GOOD, TlsServer.saying(OK + FILE));
    var fetch = fetch(this::isPublic, host.port());
    for (int click = 0; click < 3; click++) {
      fetch.fetch("example.com", soon());
    }
    assertThat(host.connections()).isEqualTo(1);

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    fetch.fetch("example.com", soon());
    assertThat(host.connections()).isEqualTo(2);
  }

  @Test
  void asksAgainSoonAfterAFailure() {
    serve(GOOD, TlsServer.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    var fetch = fetch(this::isPublic, host.port());
    fetch.fetch("example.com", soon());
    fetch.fetch("example.com", soon());
    assertThat(host.connections()).isEqualTo(1);

    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    fetch.fetch("example.com", soon());
    assertThat(host.connections()).isEqualTo(2);
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private void serve(Issued certificate, Conversation conversation) {
    server.zone().with("mta-sts.example.com. 60 A 127.0.0.2");
    host = TlsServer.start(certificate.server(), "127.0.0.2", 0, conversation);
  }

  private Fetched fetch() {
    return fetch("example.com", this::isPublic, host.port());
  }

  private Fetched fetchWithin(Duration time) {
    return fetch(this::isPublic, host.port()).fetch("example.com", Deadline.in(time));
  }

  private Fetched fetch(String domain, Predicate<InetAddress> allowed, int port) {
    return fetch(allowed, port).fetch(domain, soon());
  }

  private PolicyFetch fetch(Predicate<InetAddress> allowed, int port) {
    return new PolicyFetch(dns(), https(), allowed, port, nanos::get);
  }

  private boolean isPublic(InetAddress address) {
    return PUBLIC.contains(address.getHostAddress());
  }

  private Dns dns() {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    return new Dns(new Resolvers(List.of(address), Duration.ofSeconds(1)), nanos::get);
  }

  private static PinnedHttps https() {
    return new PinnedHttps(AUTHORITY.client(), new DefaultHostnameVerifier());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
