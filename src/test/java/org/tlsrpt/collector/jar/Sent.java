package org.tlsrpt.collector.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A report, and what must become of it.
 *
 * @param id made of its bytes
 * @param json as posted
 * @param rows one per policy domain
 */
record Sent(UUID id, byte[] json, List<Row> rows) {

  /**
   * What the database holds of a report for one policy domain.
   *
   * @param policies rows of its policies
   * @param details rows of its failure details
   * @param failedSessions of those details together
   */
  record Row(
      UUID id,
      String domain,
      long policies,
      long details,
      long successful,
      long failed,
      long failedSessions) {}

  /** Makes a report that differs from every other of another name. */
  static Sent random(String name, RandomGenerator random) {
    var domains =
        IntStream.rangeClosed(1, random.nextInt(1, 3))
            .mapToObj(n -> new Domain("d" + random.nextInt(50) + "-" + n + ".example", random))
            .toList();
    var policies =
        domains.stream()
            .flatMap(domain -> domain.policies.stream())
            .collect(Collectors.joining(","));
    var json =
        """
        {"organization-name":"Example Sender",
         "date-range":{"start-datetime":"2026-11-%02dT00:00:00Z",
                       "end-datetime":"2026-11-%<02dT23:59:59Z"},
         "contact-info":"reports@sender.example",
         "report-id":"%s",
         "policies":[%s]}
        """
            .formatted(random.nextInt(1, 29), name, policies)
            .getBytes(UTF_8);
    var id = idOf(json);
    return new Sent(id, json, domains.stream().map(domain -> domain.row(id)).toList());
  }

  byte[] gzip() {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** UUIDv8 of the first 122 bits of the SHA-256, written down here once more on purpose. */
  static UUID idOf(byte[] json) {
    try {
      var hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json));
      var first = hash.getLong();
      var second = hash.getLong();
      return new UUID(
          (first >>> 16 << 16) | 0x8000 | (first >>> 4 & 0xFFF),
          (1L << 63) | (first & 0xF) << 58 | second >>> 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Domain {

    private final String name;
    private final List<String> policies = new ArrayList<>();
    private long successful;
    private long failed;
    private long details;

    Domain(String name, RandomGenerator random) {
      this.name = name;
      for (var left = random.nextInt(1, 3); left > 0; left--) {
        policies.add(policy(random));
      }
    }

    private String policy(RandomGenerator random) {
      var sessions = random.nextInt(1_000);
      var failures = new ArrayList<String>();
      var failing = 0;
      for (var left = random.nextInt(4); left > 0; left--) {
        var count = random.nextInt(1, 50);
        failing += count;
        failures.add(
            """
            {"result-type":"certificate-expired","sending-mta-ip":"192.0.2.%d",
             "receiving-mx-hostname":"mx.%s","failed-session-count":%d}"""
                .formatted(random.nextInt(256), name, count));
      }
      successful += sessions;
      failed += failing;
      details += failures.size();
      return """
             {"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing"],
                        "policy-domain":"%s","mx-host":["*.%<s"]},
              "summary":{"total-successful-session-count":%d,"total-failure-session-count":%d},
              "failure-details":[%s]}"""
          .formatted(name, sessions, failing, String.join(",", failures));
    }

    Row row(UUID id) {
      return new Row(id, name, policies.size(), details, successful, failed, failed);
    }
  }
}
