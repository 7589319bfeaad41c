package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.TestCertificate;

/** What a sender meets when the collector serves HTTPS by itself. */
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.tls.certificate=target/https-test/certificate.pem",
      "tlsrpt.tls.private-key=target/https-test/key.pem"
    })
class HttpsTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.make();

  static {
    CERTIFICATE.write(
        Path.of("target/https-test/certificate.pem"), Path.of("target/https-test/key.pem"));
  }

  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  @Autowired Http http;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void storesAReportThatComesByHttps(HttpClient.Version version) throws Exception {
    var answer = deliver(version, "{\"report-id\":\"%s\",\"policies\":[]}".formatted(version));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.headers().firstValue("strict-transport-security"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("max-age=63072000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksCurrentTlsWithAuthenticatedEncryption(String protocol) throws IOException {
    var session = handshake(protocol, null);

    assertThat(session.getProtocol()).isEqualTo(protocol);
    assertThat(session.getCipherSuite()).isIn(Https.CIPHER_SUITES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
      })
  void takesEachSuiteOfItsListOverTls12(String suite) throws IOException {
    assertThat(handshake("TLSv1.2", suite).getCipherSuite()).isEqualTo(suite);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
      })
  void refusesSuitesWithoutAuthenticatedEncryption(String suite) {
    assertThatThrownBy(() -> handshake("TLSv1.2", suite))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("handshake_failure");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0301, 0x0302})
  void refusesTls10And11ByTheirVersion(int version) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(clientHello(version));
      var answer = socket.getInputStream().readNBytes(7);

      assertThat((int) answer[0]).isEqualTo(ALERT);
      assertThat((int) answer[6]).isEqualTo(PROTOCOL_VERSION);
    }
  }

  @Test
  void keepsTheManagementPortPlainForProbesOnTheSameMachine() {
    assertThat(http.sendToManagement("GET", "/actuator/health").status()).isEqualTo(200);
  }

  private HttpResponse<String> deliver(HttpClient.Version version, String report)
      throws IOException, InterruptedException {
    try (var client = CERTIFICATE.client(version)) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:%d/v1/tlsrpt".formatted(http.port())))
              .POST(BodyPublishers.ofString(report))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private SSLSession handshake(String protocol, String suite) throws IOException {
    var sockets = TestCertificate.trusting(CERTIFICATE).getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", http.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      if (suite != null) {
        socket.setEnabledCipherSuites(new String[] {suite});
      }
      socket.startHandshake();
      return socket.getSession();
    }
  }

  /** By hand, because no current client can be made to say it. */
  private static byte[] clientHello(int version) {
    var hello = new ByteArrayOutputStream();
    hello.writeBytes(new byte[] {(byte) (version >> 8), (byte) version});
    hello.writeBytes(new byte[32]); // random
    hello.write(0); // no session
    hello.writeBytes(new byte[] {0, 4, (byte) 0xC0, 0x09, (byte) 0xC0, 0x0A}); // AES-CBC
    hello.writeBytes(new byte[] {1, 0}); // no compression
    var length = hello.size();
    var record = new ByteArrayOutputStream();
    record.writeBytes(new byte[] {22, 3, 1, 0, (byte) (length + 4), 1, 0, 0, (byte) length});
    record.writeBytes(hello.toByteArray());
    return record.toByteArray();
  }
}
