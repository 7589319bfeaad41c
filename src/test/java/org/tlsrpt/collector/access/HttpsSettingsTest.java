package org.tlsrpt.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;
import org.tlsrpt.collector.testing.TestCertificate;

/** What a wrong setting gets to read at the start, instead of failed handshakes later. */
@ExtendWith(OutputCaptureExtension.class)
class HttpsSettingsTest {

  private static final TestCertificate PAIR = TestCertificate.make();
  private static final TestCertificate OTHER = TestCertificate.make();

  @TempDir Path directory;
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() {
    certificate = directory.resolve("certificate.pem");
    key = directory.resolve("key.pem");
    PAIR.write(certificate, key);
  }

  @Test
  void leavesHttpAloneWithoutTheTwoFiles() {
    var environment = new MockEnvironment();

    process(environment);

    assertThat(environment.getProperty("server.ssl.bundle")).isNull();
    assertThat(environment.getProperty("server.http2.enabled")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void takesEveryKindOfKeyThatCertificatesHave(String algorithm) {
    TestCertificate.make(algorithm).write(certificate, key);

    assertThat(process(both()).getProperty("server.ssl.bundle")).isEqualTo("tlsrpt");
  }

  @Test
  void takesAChainAfterTheServersOwnCertificate() throws IOException {
    Files.writeString(certificate, PAIR.certificatePem() + OTHER.certificatePem());

    assertThat(process(both()).getProperty("server.ssl.bundle")).isEqualTo("tlsrpt");
  }

  @Test
  void letsSpringBootsOwnSettingsWin() {
    var environment = both().withProperty("server.http2.enabled", "false");

    assertThat(process(environment).getProperty("server.http2.enabled")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource({
    "tlsrpt.tls.certificate, tlsrpt.tls.private-key",
    "tlsrpt.tls.private-key, tlsrpt.tls.certificate"
  })
  void saysWhichOfTheTwoIsMissing(String set, String missing) {
    var environment = new MockEnvironment().withProperty(set, "some.pem").withProperty(missing, "");

    assertThat(refusal(environment).analysis().getDescription())
        .isEqualTo(set + " is set, and " + missing + " is not.");
  }

  @Test
  void saysThatTheKeyBelongsToAnotherCertificate() throws IOException {
    Files.writeString(key, OTHER.privateKeyPem());

    assertThat(words()).contains("does not belong").contains("key.pem").contains("certificate.pem");
  }

  @Test
  void saysThatTheKeyIsOfAnotherKind() throws IOException {
    Files.writeString(key, TestCertificate.make("RSA").privateKeyPem());

    assertThat(words()).contains("does not belong");
  }

  @Test
  void saysThatTheServersOwnCertificateIsNotTheFirst() throws IOException {
    Files.writeString(certificate, OTHER.certificatePem() + PAIR.certificatePem());

    assertThat(words()).contains("does not belong to the first certificate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM at all",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB"
      })
  void saysThatThereIsNoCertificate(String content) throws IOException {
    Files.writeString(certificate, content);

    assertThat(words()).contains("no certificate can be read from").contains("certificate.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM at all",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void saysThatThereIsNoKeyAndShowsNothingOfIt(String content) throws IOException {
    Files.writeString(key, content);

    assertThat(words()).contains("no private key can be read from").doesNotContain("AAAA");
  }

  @Test
  void saysThatTheFilesWereChangedRound() {
    var environment =
        new MockEnvironment()
            .withProperty(Https.CERTIFICATE, key.toString())
            .withProperty(Https.PRIVATE_KEY, certificate.toString());

    assertThat(refusal(environment).analysis().getDescription())
        .startsWith("tlsrpt.tls.certificate: no certificate can be read from");
  }

  @Test
  void saysThatAFileIsNotThere() throws IOException {
    Files.delete(key);

    assertThat(words()).startsWith("tlsrpt.tls.private-key: the file ").contains("NoSuchFile");
  }

  @Test
  void endsAStartWithTheseWordsAndNoStackTrace(CapturedOutput log) throws IOException {
    Files.writeString(key, OTHER.privateKeyPem());
    var application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);

    assertThatThrownBy(
            () ->
                application.run(
                    "--tlsrpt.tls.certificate=" + certificate, "--tlsrpt.tls.private-key=" + key))
        .isInstanceOf(KeyPairException.class);

    assertThat(log).contains("APPLICATION FAILED TO START").contains("does not belong");
    assertThat(log).doesNotContain("\tat org.");
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  private MockEnvironment both() {
    return new MockEnvironment()
        .withProperty(Https.CERTIFICATE, certificate.toString())
        .withProperty(Https.PRIVATE_KEY, key.toString());
  }

  private String words() {
    return refusal(both()).analysis().getDescription();
  }

  private static KeyPairException refusal(MockEnvironment environment) {
    return catchThrowableOfType(KeyPairException.class, () -> process(environment));
  }

  private static MockEnvironment process(MockEnvironment environment) {
    new Https().postProcessEnvironment(environment, new SpringApplication());
    return environment;
  }
}
