package org.tlsrpt.collector.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.springframework.boot.ssl.pem.PemContent;

/** Looks at a certificate and its key before they are used, to say in words what is wrong. */
final class KeyPairFiles {

  private static final byte[] SAMPLE = "tlsrpt".getBytes(StandardCharsets.US_ASCII);

  private KeyPairFiles() {}

  /**
   * Reads both files and compares them.
   *
   * @param certificate the server's own certificate first, then those that lead to a root
   * @param privateKey PKCS #8, PKCS #1 or SEC 1, without a password
   * @throws KeyPairException if they cannot be read or do not belong together
   */
  static void check(Path certificate, Path privateKey) {
    var own = certificate(certificate);
    var key = privateKey(privateKey);
    if (!belongTogether(own.getPublicKey(), key)) {
      throw new KeyPairException(
          "The private key in %s does not belong to the first certificate in %s."
              .formatted(privateKey, certificate),
          """
          Name the two files that were issued together. In the file of the certificate the \
          server's own comes first, then those that lead to a root.""");
    }
  }

  private static X509Certificate certificate(Path file) {
    var content = read(Https.CERTIFICATE, file);
    try {
      return content.getCertificates().getFirst();
    } catch (RuntimeException e) {
      throw new KeyPairException(
          "%s: no certificate can be read from %s.".formatted(Https.CERTIFICATE, file),
          "It must hold certificates in PEM: -----BEGIN CERTIFICATE-----, base64, -----END….",
          e);
    }
  }

  private static PrivateKey privateKey(Path file) {
    var content = read(Https.PRIVATE_KEY, file);
    try {
      return Objects.requireNonNull(content.getPrivateKey());
    } catch (RuntimeException e) {
      throw new KeyPairException(
          "%s: no private key can be read from %s.".formatted(Https.PRIVATE_KEY, file),
          """
          It must hold one key in PEM without a password: -----BEGIN PRIVATE KEY-----, base64, \
          -----END….""",
          e);
    }
  }

  private static PemContent read(String property, Path file) {
    try {
      // ISO 8859-1 reads any bytes: what is no PEM is told apart by its content.
      return PemContent.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new KeyPairException(
          "%s: the file %s cannot be read (%s)."
              .formatted(property, file, e.getClass().getSimpleName()),
          "The user who runs the collector must be able to read it and the directories above it.",
          e);
    }
  }

  /** What the one signs the other must verify. */
  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    var algorithm = algorithm(publicKey);
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(SAMPLE);
      var signature = signer.sign();
      var verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(SAMPLE);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key of another kind, or on another curve.
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
