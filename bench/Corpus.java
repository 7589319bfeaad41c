import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes reports like those that senders post, no two alike, the same again for the same seed.
 *
 * <pre>
 * java bench/Corpus.java requests mix    COUNT SEED FILE   HTTP requests, for bench/post.lua
 * java bench/Corpus.java requests outage COUNT SEED FILE
 * java bench/Corpus.java files    mix    COUNT SEED FOLDER one .json.gz each, for the word import
 * java bench/Corpus.java rows     outage COUNT SEED FILE   failure details, for psql's \copy
 * java bench/Corpus.java largest  DETAILS -     SEED FILE  one gzip with so many failure details
 * </pre>
 *
 * The mix is that of real reports: Google 55 %, Microsoft 30 %, Stalwart, Postfix and others; sessions
 * log-normal with median 2; four reports in five without failures. In the outage three in ten have
 * failures and one in a hundred has 1,000.
 */
class Corpus {

  private static final int DOMAINS = 20_000;
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

  private final SplittableRandom random;
  private final boolean outage;

  Corpus(long seed, boolean outage) {
    this.random = new SplittableRandom(seed);
    this.outage = outage;
  }

  public static void main(String... args) throws IOException {
    var seed = Long.parseLong(args[3]);
    var to = Path.of(args[4]);
    if (args[0].equals("largest")) {
      Files.write(to, gzip(new Corpus(seed, true).google(Integer.parseInt(args[1]))));
      return;
    }
    var corpus = new Corpus(seed, args[1].equals("outage"));
    var count = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "requests" -> corpus.requests(count, to);
      case "files" -> corpus.files(count, to);
      case "rows" -> corpus.rows(count, to);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Each request behind its length, five digits and a line end. */
  private void requests(int count, Path to) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
      for (var i = 0; i < count; i++) {
        var body = gzip(report());
        var head =
            "POST /v1/tlsrpt HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/tlsrpt+gzip\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        out.write("%07d\n".formatted(head.length() + body.length).getBytes(StandardCharsets.US_ASCII));
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
      }
    }
  }

  private void files(int count, Path to) throws IOException {
    for (var i = 0; i < count; i++) {
      var folder = to.resolve("%03d".formatted(i / 1000));
      if (i % 1000 == 0) {
        Files.createDirectories(folder);
      }
      Files.write(folder.resolve("%06d.json.gz".formatted(i)), gzip(report()));
    }
  }

  /** What failure_detail gets of as many reports, tab separated; not the same ones, but alike. */
  private void rows(int count, Path to) throws IOException {
    try (var out = Files.newBufferedWriter(to)) {
      for (var i = 0; i < count; i++) {
        var domain = domain();
        var id = new java.util.UUID(random.nextLong(), random.nextLong());
        var details = details();
        for (var m = 0; m < details; m++) {
          out.write(
              String.join(
                  "\t", domain, TODAY.minusDays(1).toString(), id.toString(), "0", "" + m,
                  "certificate-expired", sendingMta(), "mx" + m % 3 + "." + domain, "\\N",
                  "203.0.113." + m % 250, "" + (1 + random.nextInt(9)), "\\N", "\\N"));
          out.write('\n');
        }
      }
    }
  }

  private String report() {
    var which = random.nextInt(100);
    if (which < 55) {
      return google(details());
    }
    if (which < 85) {
      return microsoft(details());
    }
    return which < 90 ? stalwart() : which < 95 ? postfix(details()) : other(details());
  }

  private int details() {
    var per10000 = random.nextInt(10_000);
    if (outage) {
      return per10000 < 7_000 ? 0 : per10000 < 9_900 ? 1 + random.nextInt(8) : 1_000;
    }
    return per10000 < 7_800 ? 0
        : per10000 < 9_100 ? 1
        : per10000 < 9_800 ? 2
        : per10000 < 9_990 ? 3 + random.nextInt(48)
        : 1_000;
  }

  private String google(int details) {
    var domain = domain();
    var noPolicy = random.nextInt(100) < 20;
    var policy =
        noPolicy
            ? "{\"policy-type\":\"no-policy-found\",\"policy-domain\":\"%s\"}".formatted(domain)
            : ("{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: enforce\","
                    + "\"mx: *.mail.%s\",\"max_age: 604800\"],\"policy-domain\":\"%s\","
                    + "\"mx-host\":[\"*.mail.%s\"]}")
                .formatted(domain, domain, domain);
    return document(
        "Google Inc.", day("T00:00:00Z", "T23:59:59Z"), "smtp-tls-reporting@google.com",
        TODAY.minusDays(1) + "T00:00:00Z_" + domain + "_" + Long.toHexString(random.nextLong()),
        policy, details, domain);
  }

  private String microsoft(int details) {
    var domain = domain();
    var policy =
        ("{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: testing\","
                + "\"mx: mx1.%s\",\"mx: mx2.%s\",\"max_age: 86400\"],\"policy-domain\":\"%s\"}")
            .formatted(domain, domain, domain);
    return document(
        "Microsoft Corporation", day("T00:00:00Z", "T23:59:59Z"), "tlsrpt-noreply@microsoft.com",
        Long.toUnsignedString(random.nextLong()) + "+" + domain, policy, details, domain);
  }

  private String stalwart() {
    var domain = domain();
    return ("{\"organization-name\":\"mx%d.example.net\",\"date-range\":{\"start-datetime\":\"%sT10:02:11Z\","
            + "\"end-datetime\":\"%sT10:07:11Z\"},\"contact-info\":null,\"report-id\":\"%d_%d\","
            + "\"policies\":[{\"policy\":{\"policy-type\":\"tlsa\",\"policy-string\":[\"3 1 1 %016X%016X\"],"
            + "\"policy-domain\":\"%s\",\"mx-host\":[]},\"summary\":{\"total-successful-session-count\":%d,"
            + "\"total-failure-session-count\":0},\"failure-details\":[]}]}")
        .formatted(
            random.nextInt(500), TODAY.minusDays(1), TODAY.minusDays(1), random.nextInt(1 << 30),
            random.nextLong(Long.MAX_VALUE), random.nextLong(), random.nextLong(), domain, sessions());
  }

  private String postfix(int details) {
    var domain = domain();
    return ("{\"organization-name\":\"Host %d\",\"date-range\":{\"start-datetime\":\"%sT00:00:00Z\","
            + "\"end-datetime\":\"%sT00:00:00Z\"},\"contact-info\":\"postmaster@host%d.example\","
            + "\"policies\":[{\"policy\":{\"policy-type\":\"no-policy-found\",\"policy-domain\":\"%s\"},"
            + "\"summary\":{\"total-successful-session-count\":%d,\"total-failure-session-count\":%d}%s}],"
            + "\"report-id\":\"%sT00:00:00Z_idx%d_%016x\"}")
        .formatted(
            random.nextInt(9999), TODAY.minusDays(1), TODAY, random.nextInt(9999), domain, sessions(),
            details, failures(details, domain), TODAY.minusDays(1), random.nextInt(99), random.nextLong());
  }

  private String other(int details) {
    var domain = domain();
    var policy = "{\"policy-type\":\"sts\",\"policy-domain\":\"%s\",\"mx-host\":\"mx.%s\"}".formatted(domain, domain);
    return document(
        "Sender " + random.nextInt(300), day("T00:00:00Z", "T23:59:59Z"), "postmaster@sender.example",
        Long.toHexString(random.nextLong()), policy, details, domain);
  }

  private String document(
      String organization, String range, String contact, String id, String policy, int details, String domain) {
    return ("{\"organization-name\":\"%s\",\"date-range\":%s,\"contact-info\":\"%s\",\"report-id\":\"%s\","
            + "\"policies\":[{\"policy\":%s,\"summary\":{\"total-successful-session-count\":%d,"
            + "\"total-failure-session-count\":%d}%s}]}")
        .formatted(organization, range, contact, id, policy, sessions(), details, failures(details, domain));
  }

  private String failures(int details, String domain) {
    if (details == 0) {
      return "";
    }
    List<String> all = new ArrayList<>(details);
    for (var m = 0; m < details; m++) {
      all.add(
          ("{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"%s\","
                  + "\"receiving-ip\":\"203.0.113.%d\",\"receiving-mx-hostname\":\"mx%d.%s\","
                  + "\"failed-session-count\":%d}")
              .formatted(sendingMta(), m % 250, m % 3, domain, 1 + random.nextInt(9)));
    }
    return ",\"failure-details\":[" + String.join(",", all) + "]";
  }

  private static String day(String start, String end) {
    var day = TODAY.minusDays(1);
    return "{\"start-datetime\":\"%s%s\",\"end-datetime\":\"%s%s\"}".formatted(day, start, day, end);
  }

  private String domain() {
    return "d" + (int) Math.pow(DOMAINS, random.nextDouble()) + ".example";
  }

  private String sendingMta() {
    return "2001:db8:4000:%x::%x".formatted(random.nextInt(32), 0x100 + random.nextInt(0xf00));
  }

  /** Log-normal: median 2, one in ten over 20, one in a hundred over 150. */
  private long sessions() {
    return (long) Math.exp(Math.log(2) + 1.8 * random.nextGaussian());
  }

  private static byte[] gzip(String document) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(document.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
