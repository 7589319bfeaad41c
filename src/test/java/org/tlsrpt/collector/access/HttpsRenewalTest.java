package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.TestCertificate;

/** Certificates live for weeks, the collector for months. */
@CollectorTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "tlsrpt.tls.certificate=target/renewal-test/certificate.pem",
      "tlsrpt.tls.private-key=target/renewal-test/key.pem",
      "spring.ssl.bundle.watch.file.quiet-period=100ms"
    })
class HttpsRenewalTest {

  private static final Path CERTIFICATE_FILE = Path.of("target/renewal-test/certificate.pem");
  private static final Path KEY_FILE = Path.of("target/renewal-test/key.pem");
  private static final TestCertificate FIRST = TestCertificate.make();

  static {
    FIRST.write(CERTIFICATE_FILE, KEY_FILE);
  }

  @Autowired Http http;

  @Test
  void servesRenewedFilesWithoutARestart() {
    var renewed = TestCertificate.make();

    renewed.write(CERTIFICATE_FILE, KEY_FILE);

    awaitServing(renewed);
  }

  @Test
  void servesFilesThatWereRenamedOverTheOldOnes() throws IOException {
    var renewed = TestCertificate.make("RSA");

    renewed.write(beside(CERTIFICATE_FILE), beside(KEY_FILE));
    Files.move(beside(KEY_FILE), KEY_FILE, StandardCopyOption.ATOMIC_MOVE);
    Files.move(beside(CERTIFICATE_FILE), CERTIFICATE_FILE, StandardCopyOption.ATOMIC_MOVE);

    awaitServing(renewed);
  }

  /** As certbot keeps its files. */
  @Test
  void servesFilesThatLinksPointToAnew() throws IOException {
    var renewed = TestCertificate.make();
    var archive = CERTIFICATE_FILE.toAbsolutePath().resolveSibling("archive");

    renewed.write(archive.resolve("certificate.pem"), archive.resolve("key.pem"));
    for (var file : List.of(KEY_FILE, CERTIFICATE_FILE)) {
      Files.deleteIfExists(beside(file));
      Files.createSymbolicLink(beside(file), archive.resolve(file.getFileName()));
      Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE);
    }
    awaitServing(renewed);

    Files.delete(KEY_FILE);
    Files.delete(CERTIFICATE_FILE);
    FIRST.write(CERTIFICATE_FILE, KEY_FILE);
    awaitServing(FIRST);
  }

  /** How far a renewal got when it was looked at. */
  private enum HalfDone {
    NEW_CERTIFICATE_BESIDE_OLD_KEY {
      @Override
      void leave(TestCertificate renewed) throws IOException {
        Files.writeString(CERTIFICATE_FILE, renewed.certificatePem());
      }
    },
    NEW_KEY_BESIDE_OLD_CERTIFICATE {
      @Override
      void leave(TestCertificate renewed) throws IOException {
        Files.writeString(KEY_FILE, renewed.privateKeyPem());
      }
    },
    CERTIFICATE_CUT_SHORT {
      @Override
      void leave(TestCertificate renewed) throws IOException {
        Files.writeString(KEY_FILE, renewed.privateKeyPem());
        Files.writeString(CERTIFICATE_FILE, renewed.certificatePem().substring(0, 300));
      }
    },
    KEY_EMPTY {
      @Override
      void leave(TestCertificate renewed) throws IOException {
        Files.writeString(CERTIFICATE_FILE, renewed.certificatePem());
        Files.writeString(KEY_FILE, "");
      }
    },
    BOTH_MISSING {
      @Override
      void leave(TestCertificate renewed) throws IOException {
        Files.delete(CERTIFICATE_FILE);
        Files.delete(KEY_FILE);
      }
    };

    abstract void leave(TestCertificate renewed) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void keepsServingTheOldPairUntilTheNewOneIsWhole(HalfDone halfDone, CapturedOutput log)
      throws IOException {
    var old = served();
    var renewed = TestCertificate.make();

    halfDone.leave(renewed);
    await().until(() -> log.getOut().contains("SSL reload error"));
    assertThat(served()).isEqualTo(old);

    renewed.write(CERTIFICATE_FILE, KEY_FILE);
    awaitServing(renewed);
  }

  private void awaitServing(TestCertificate expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(served()).isEqualTo(expected.certificate()));
  }

  /** The certificate a client is shown now; it believes any. */
  private Certificate served() throws IOException {
    var sockets = TestCertificate.trustingAnybody().getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", http.port())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
