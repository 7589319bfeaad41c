package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.tlsrpt.collector.intake.Deliveries.NOON;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.intake.QuarantineEntry.Position;
import org.tlsrpt.collector.store.NewReport.Source;
import org.tlsrpt.collector.testing.CollectorTest;

/** Keeps what cannot be read, on a real PostgreSQL. */
@CollectorTest
class QuarantineTest {

  @Autowired Quarantine quarantine;
  @Autowired JdbcTemplate jdbc;
  @Autowired JdbcClient client;

  @Autowired
  @Qualifier("write")
  DataSource writes;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void emptyTable() {
    jdbc.execute("truncate quarantine");
  }

  @Test
  void keepsEverythingThatCameWithTheBytes() {
    var id = keep(quarantine, Deliveries.of("{not json"));

    var entry = quarantine.find(id).orElseThrow();

    assertThat(entry)
        .isEqualTo(
            new QuarantineEntry(
                id,
                "unreadable",
                "One sentence.",
                NOON,
                NOON,
                1,
                9,
                "example.com",
                "application/tlsrpt+gzip",
                "gzip",
                new QuarantineEntry.Source("https", "192.0.2.1", "curl/8")));
  }

  @Test
  void givesTheBytesBackOneByOne() {
    var body = new byte[300_000];
    new Random(1).nextBytes(body);

    var id = keep(quarantine, Deliveries.of(body, NOON));

    assertThat(quarantine.body(id)).contains(body);
    assertThat(quarantine.beginning(id, 3)).contains(new byte[] {body[0], body[1], body[2]});
    assertThat(id).isEqualTo(ContentId.of(body));
  }

  @Test
  void takesOnePlaceForTheSameBytesHoweverOftenTheyCome() {
    var body = "{".getBytes(StandardCharsets.UTF_8);
    var first = quarantine.keep(Deliveries.of(body, NOON), Reason.UNREADABLE, "Once.");
    var second =
        quarantine.keep(
            Deliveries.of(body, NOON.plusSeconds(60)), Reason.NOT_A_REPORT, "Read better.");
    var id = ContentId.of(body);

    assertThat(first).isEqualTo(new KeepOutcome.Kept(id, false));
    assertThat(second).isEqualTo(new KeepOutcome.Kept(id, true));
    assertThat(quarantine.list(null, 10).items())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.timesReceived()).isEqualTo(2);
              assertThat(entry.receivedAt()).isEqualTo(NOON);
              assertThat(entry.lastReceivedAt()).isEqualTo(NOON.plusSeconds(60));
              assertThat(entry.reason()).isEqualTo("not-a-report");
              assertThat(entry.detail()).isEqualTo("Read better.");
            });
  }

  @Test
  void countsADeliveryThatIsHandedOverTwiceAsOneArrival() {
    var body = "{".getBytes(StandardCharsets.UTF_8);
    for (var receivedAt : new Instant[] {NOON, NOON, NOON.plusSeconds(1), NOON.plusSeconds(1)}) {
      keep(quarantine, Deliveries.of(body, receivedAt));
    }

    assertThat(quarantine.find(ContentId.of(body)).orElseThrow().timesReceived()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void writesEveryReasonAsACode(Reason reason) {
    var id = id(quarantine.keep(Deliveries.of("x"), reason, "One sentence."));

    assertThat(quarantine.find(id).orElseThrow().reason()).matches("[a-z]+(-[a-z]+)*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "a\u0000b",
        "\uD800",
        "\uDC00\uD800",
        "\uFFFF",
        "\u001B[2J\r\nfake log line",
        "${jndi:ldap://192.0.2.1/x}",
        "'; drop table quarantine; --",
        "<script>alert(1)</script>",
        "\u202E\uD83D\uDE00",
      })
  void keepsHostileTextAndStaysWhole(String hostile) {
    var source = new Source("https", "192.0.2.1", hostile, NOON);
    var delivery =
        new Delivery(new byte[] {'{'}, source, new Delivery.Headers(hostile, hostile), hostile);

    var id = id(quarantine.keep(delivery, Reason.UNREADABLE, hostile));

    var kept = hostile.replace('\u0000', '\uFFFD').replaceAll("[\\uD800-\\uDFFF]", "\uFFFD");
    var entry = quarantine.find(id).orElseThrow();
    assertThat(entry.source().userAgent()).isEqualTo(kept);
    assertThat(entry.contentType()).isEqualTo(kept);
    assertThat(entry.contentEncoding()).isEqualTo(kept);
    assertThat(entry.recipientDomain()).isEqualTo(kept);
    assertThat(entry.detail()).isEqualTo(kept);
  }

  @Test
  void cutsEndlessTextBetweenCharacters() {
    var endless = "\uD83D\uDE00".repeat(5_000);
    var headers = new Delivery.Headers(endless, null);
    var source = new Source("https", null, null, NOON);

    var id = keep(quarantine, new Delivery(new byte[] {'{'}, source, headers, null));

    var entry = quarantine.find(id).orElseThrow();
    assertThat(entry.contentType()).isEqualTo("\uD83D\uDE00".repeat(1_000));
    assertThat(entry.contentEncoding()).isNull();
    assertThat(entry.recipientDomain()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "fe80:0:0:0:0:0:0:1%eth0, fe80::1",
    "unknown, ",
    "999.1.1.1, ",
    "'', ",
  })
  void keepsAddressesThatAreOnes(String address, String kept) {
    var source = new Source("https", address, null, NOON);
    var delivery =
        new Delivery(new byte[] {'{'}, source, new Delivery.Headers(null, null), "example.com");

    var id = keep(quarantine, delivery);

    assertThat(quarantine.find(id).orElseThrow().source().ip()).isEqualTo(kept);
  }

  @Test
  void keepsTheNewestUpToTheBoundOfEntries() {
    var bounded = bounded(10, DataSize.ofMegabytes(1));

    for (var i = 0; i < 25; i++) {
      keep(bounded, Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i)));
    }

    assertThat(bodies(bounded)).containsExactlyElementsOf(numbers(24, 15));
    assertThat(evicted()).isEqualTo(15);
  }

  @Test
  void neverExceedsTheBoundThoughItLooksOnlyNowAndThen() {
    var bounded = bounded(200, DataSize.ofMegabytes(1));

    var most = 0;
    for (var i = 0; i < 230; i++) {
      keep(bounded, Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i)));
      most = Math.max(most, rows());
    }

    assertThat(most).isEqualTo(200);
    assertThat(rows() + evicted()).isEqualTo(230);
    assertThat(bodies(bounded)).contains("{229").doesNotContain("{0");
  }

  @Test
  void keepsTheNewestUpToTheBoundOfBytes() {
    var bounded = bounded(1_000, DataSize.ofBytes(5_000));

    for (var i = 0; i < 9; i++) {
      keep(bounded, Deliveries.of(body(i, 1_000), at(i)));
    }

    // A hundredth of the bound stays free for what comes before the next look.
    assertThat(quarantine.list(null, 100).items())
        .extracting(QuarantineEntry::receivedAt)
        .containsExactly(at(8), at(7), at(6), at(5));
    assertThat(evicted()).isEqualTo(5);
  }

  @Test
  void makesRoomForALargeOneByDroppingManySmallOnes() {
    var bounded = bounded(1_000, DataSize.ofBytes(10_000));
    for (var i = 0; i < 50; i++) {
      keep(bounded, Deliveries.of(body(i, 100), at(i)));
    }

    keep(bounded, Deliveries.of(body(50, 9_500), at(50)));

    assertThat(rows()).isEqualTo(5);
    assertThat(quarantine.list(null, 1).items().getFirst().size()).isEqualTo(9_500);
  }

  @Test
  void findsAfterARestartThatThereIsTooMuch() {
    for (var i = 0; i < 20; i++) {
      keep(quarantine, Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i)));
    }

    var restarted = bounded(5, DataSize.ofMegabytes(1));
    keep(restarted, Deliveries.of("{20".getBytes(StandardCharsets.UTF_8), at(20)));

    assertThat(bodies(restarted)).containsExactlyElementsOf(numbers(20, 16));
  }

  @Test
  void givesASecondPlaceToNobodyWhoSendsTheSameBytesWhenItIsFull() {
    var bounded = bounded(2, DataSize.ofMegabytes(1));
    for (var i = 0; i < 2; i++) {
      keep(bounded, Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i)));
    }

    for (var i = 2; i < 9; i++) {
      keep(bounded, Deliveries.of("{1".getBytes(StandardCharsets.UTF_8), at(i)));
    }

    assertThat(bodies(bounded)).containsExactly("{1", "{0");
    assertThat(evicted()).isZero();
  }

  @Test
  void staysWithinTheBoundsWhenManyInstancesKeepAtOnce() {
    var instances =
        IntStream.range(0, 4).mapToObj(i -> bounded(20, DataSize.ofMegabytes(1))).toList();

    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i ->
                keep(
                    instances.get(i % 4),
                    Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i))));
    keep(instances.getFirst(), Deliveries.of("{200".getBytes(StandardCharsets.UTF_8), at(200)));

    assertThat(rows()).isEqualTo(20);
    assertThat(rows() + evicted()).isEqualTo(201);
  }

  @Test
  void listsNewestFirstPageByPage() {
    for (var i = 0; i < 7; i++) {
      // Several in the same instant: the id decides between them.
      keep(quarantine, Deliveries.of(("{" + i).getBytes(StandardCharsets.UTF_8), at(i / 3)));
    }
    var whole = quarantine.list(null, 100);

    var byPage = new ArrayList<QuarantineEntry>();
    Position last = null;
    do {
      var page = quarantine.list(last, 2);
      byPage.addAll(page.items());
      last = page.last();
    } while (last != null);

    assertThat(whole.last()).isNull();
    assertThat(byPage).containsExactlyElementsOf(whole.items()).hasSize(7);
    assertThat(byPage.getFirst().receivedAt()).isEqualTo(at(2));
  }

  @Test
  void deletesOnce() {
    var id = keep(quarantine, Deliveries.of("{"));

    assertThat(quarantine.delete(id)).isTrue();
    assertThat(quarantine.delete(id)).isFalse();
    assertThat(quarantine.find(id)).isEmpty();
    assertThat(quarantine.body(id)).isEmpty();
    assertThat(quarantine.beginning(id, 9)).isEmpty();
  }

  @Test
  void looksForWhatMustGoInTheIndexAlone() throws SQLException {
    var plan = new StringBuilder();
    try (var connection = writes.getConnection();
        var settings = connection.createStatement();
        var explain = connection.prepareStatement("explain " + QuarantineBound.FIRST_TO_GO)) {
      settings.execute("set local enable_seqscan = off");
      settings.execute("set local enable_bitmapscan = off");
      explain.setLong(1, 1);
      explain.setLong(2, 1);
      try (var rows = explain.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
    }

    assertThat(plan.toString())
        .contains("Index Only Scan Backward using quarantine_by_arrival")
        .doesNotContain("Sort");
  }

  @Test
  void saysThatTheDatabaseIsAwayAndKeepsOnWhenItIsBack() {
    var nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "no", "one");
    var bound =
        new QuarantineBound(nowhere, new QuarantineSettings(1, DataSize.ofBytes(1)), meters);

    assertThat(
            new Quarantine(nowhere, client, bound)
                .keep(Deliveries.of("{"), Reason.UNREADABLE, "One sentence."))
        .isInstanceOf(KeepOutcome.Unavailable.class);
    // Kept although the bounds cannot be checked just then.
    keep(new Quarantine(writes, client, bound), Deliveries.of("{"));
    assertThat(rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, 0", "1, -1"})
  void refusesBoundsThatWouldKeepNothing(int entries, long bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuarantineSettings(entries, DataSize.ofBytes(bytes)))
        .withMessageContaining("tlsrpt.quarantine.max-");
  }

  private Quarantine bounded(int entries, DataSize size) {
    var settings = new QuarantineSettings(entries, size);
    return new Quarantine(writes, client, new QuarantineBound(writes, settings, meters));
  }

  private int rows() {
    return client.sql("select count(*) from quarantine").query(Integer.class).single();
  }

  private int evicted() {
    return (int) meters.get("tlsrpt.quarantine.evicted").counter().count();
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  private static byte[] body(int seed, int size) {
    var body = new byte[size];
    new Random(seed).nextBytes(body);
    return body;
  }

  private static List<String> bodies(Quarantine quarantine) {
    return quarantine.list(null, 1_000).items().stream()
        .map(entry -> quarantine.body(entry.id()).orElseThrow())
        .map(body -> new String(body, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> numbers(int from, int downTo) {
    return IntStream.rangeClosed(0, from - downTo).mapToObj(i -> "{" + (from - i)).toList();
  }

  private static UUID keep(Quarantine quarantine, Delivery delivery) {
    return id(quarantine.keep(delivery, Reason.UNREADABLE, "One sentence."));
  }

  private static UUID id(KeepOutcome outcome) {
    assertThat(outcome).isInstanceOf(KeepOutcome.Kept.class);
    return ((KeepOutcome.Kept) outcome).id();
  }
}
