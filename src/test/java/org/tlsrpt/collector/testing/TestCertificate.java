package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A key pair with a certificate of its own for localhost and 127.0.0.1, made by the JDK's keytool.
 *
 * @param certificate self-signed, its own root
 * @param privateKey what belongs to it
 */
public record TestCertificate(X509Certificate certificate, PrivateKey privateKey) {

  private static final String ALIAS = "test";

  /** A new pair of ECDSA keys on P-256. */
  public static TestCertificate make() {
    return make("EC");
  }

  /**
   * A new pair.
   *
   * @param algorithm EC, RSA or Ed25519
   */
  public static TestCertificate make(String algorithm) {
    try {
      var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "keys");
      var file = directory.resolve("keys.p12");
      Keytool.generate(
          file,
          algorithm,
          "-alias",
          ALIAS,
          "-dname",
          "CN=localhost",
          "-ext",
          "san=dns:localhost,ip:127.0.0.1",
          "-validity",
          "2");
      var store = KeyStore.getInstance(file.toFile(), Keytool.PASSWORD.toCharArray());
      Files.delete(file);
      Files.delete(directory);
      return new TestCertificate(
          (X509Certificate) store.getCertificate(ALIAS),
          (PrivateKey) store.getKey(ALIAS, Keytool.PASSWORD.toCharArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate in PEM. */
  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key in PEM. */
  public String privateKeyPem() {
    return pem("PRIVATE KEY", privateKey.getEncoded());
  }

  /** Writes both in PEM, the certificate first. */
  public void write(Path certificateFile, Path privateKeyFile) {
    try {
      Files.createDirectories(certificateFile.toAbsolutePath().getParent());
      Files.writeString(certificateFile, certificatePem());
      Files.writeString(privateKeyFile, privateKeyPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client's side of TLS that trusts these and nobody else. */
  public static SSLContext trusting(TestCertificate... trusted) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (var each : List.of(trusted)) {
        store.setCertificateEntry(
            each.certificate().getSerialNumber().toString(), each.certificate());
      }
      var managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client's side of TLS that wants to see certificates, not to judge them. */
  public static SSLContext trustingAnybody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustsAnybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** A client that trusts this one. */
  public HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(trusting(this)).version(version).build();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
  }
}
