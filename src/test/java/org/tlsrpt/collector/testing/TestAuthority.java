package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** An authority that issues certificates, good ones and others; made by the JDK's keytool. */
public final class TestAuthority {

  private static final String ROOT = "root";

  private final AtomicInteger issued = new AtomicInteger();
  private final KeyStore store;
  private final Path file;

  private TestAuthority(Path file, KeyStore store) {
    this.file = file;
    this.store = store;
  }

  /** A new authority. */
  public static TestAuthority make() {
    try {
      var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "ca");
      var file = directory.resolve("keys.p12");
      Keytool.generate(
          file,
          "EC",
          "-alias",
          ROOT,
          "-dname",
          "CN=" + directory.getFileName(),
          "-ext",
          "bc=ca:true",
          "-validity",
          "9");
      return new TestAuthority(file, load(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A certificate for names, with its key and chain, valid for a week from now. */
  public Issued issue(String... names) {
    return issue("-1d", 8, names);
  }

  /** One that expired three days ago. */
  public Issued issueExpired(String... names) {
    return issue("-10d", 7, names);
  }

  /**
   * Any other.
   *
   * @param start of its validity, as keytool has it: {@code +3d}
   * @param days it is valid from then on
   */
  public Issued issue(String start, int days, String... names) {
    var alias = "leaf" + issued.incrementAndGet();
    var alternatives = new ArrayList<String>();
    for (var name : names) {
      alternatives.add((name.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + name);
    }
    Keytool.generate(
        file,
        "EC",
        "-alias",
        alias,
        "-signer",
        ROOT,
        "-dname",
        "CN=" + names[0].replace(":", "-"),
        "-ext",
        "san=" + String.join(",", alternatives),
        "-startdate",
        start,
        "-validity",
        String.valueOf(days));
    try {
      var all = load(file);
      return new Issued(
          (PrivateKey) all.getKey(alias, Keytool.PASSWORD.toCharArray()),
          List.of(all.getCertificateChain(alias)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts this authority and nobody else. */
  public X509TrustManager trust() {
    try {
      var roots = empty();
      roots.setCertificateEntry(ROOT, store.getCertificate(ROOT));
      var managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(roots);
      return (X509TrustManager) managers.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client's side of TLS that trusts this authority. */
  public SSLContext client() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new X509TrustManager[] {trust()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a server needs.
   *
   * @param key its own
   * @param chain its own certificate, then the root
   */
  public record Issued(PrivateKey key, List<Certificate> chain) {

    /** Without what leads to the root. */
    public Issued alone() {
      return new Issued(key, chain.subList(0, 1));
    }

    public X509Certificate certificate() {
      return (X509Certificate) chain.getFirst();
    }

    /** A server's side of TLS. */
    public SSLContext server() {
      try {
        var keys = empty();
        keys.setKeyEntry(
            "own", key, Keytool.PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Keytool.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyStore load(Path file) {
    try {
      return KeyStore.getInstance(file.toFile(), Keytool.PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
