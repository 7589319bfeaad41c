package org.tlsrpt.collector.jar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that cannot fail proves nothing. */
class InvariantTest {

  private final Random random = new Random(1);
  private final List<Sent> sent =
      IntStream.range(0, 20).mapToObj(n -> Sent.random("r" + n, random)).toList();
  private final List<Sent> acknowledged = sent.subList(0, 18);

  @Test
  void holdsWhenAllThatWasAcknowledgedIsThereAndMore() {
    Invariant.check(sent, acknowledged, stored(sent));
    Invariant.check(sent, acknowledged, stored(acknowledged));
  }

  @ParameterizedTest
  @MethodSource
  void fails(BiConsumer<List<Sent.Row>, List<UUID>> damage, String words) {
    var stored = stored(sent);
    damage.accept(stored.rows(), stored.documents());

    assertThatThrownBy(() -> Invariant.check(sent, acknowledged, stored))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(words);
  }

  static Stream<Arguments> fails() {
    return Stream.of(
        damage("a report lost", (rows, _) -> rows.remove(3), "acknowledged and lost"),
        damage("a document lost", (_, ids) -> ids.remove(3), "documents lost"),
        damage("a report twice", (rows, _) -> rows.add(rows.getFirst()), "stored once"),
        damage("a document twice", (_, ids) -> ids.add(ids.getFirst()), "documents stored once"),
        damage("a policy lost", (rows, _) -> change(rows, 1, 0, 0), "acknowledged and lost"),
        damage("a detail twice", (rows, _) -> change(rows, 0, -1, 0), "acknowledged and lost"),
        damage("sessions changed", (rows, _) -> change(rows, 0, 0, 1), "acknowledged and lost"),
        damage("a report nobody sent", (rows, _) -> strange(rows), "stored otherwise than sent"),
        damage("a document nobody sent", (_, ids) -> ids.add(new UUID(1, 2)), "that differ"));
  }

  private static Arguments damage(
      String name, BiConsumer<List<Sent.Row>, List<UUID>> damage, String words) {
    return arguments(named(name, damage), words);
  }

  private static void change(List<Sent.Row> rows, int policies, int details, int sessions) {
    var row = rows.getFirst();
    rows.set(
        0,
        new Sent.Row(
            row.id(),
            row.domain(),
            row.policies() - policies,
            row.details() - details,
            row.successful(),
            row.failed(),
            row.failedSessions() - sessions));
  }

  private static void strange(List<Sent.Row> rows) {
    rows.add(new Sent.Row(new UUID(1, 2), "d.example", 1, 0, 1, 0, 0));
  }

  private static Stored stored(List<Sent> reports) {
    var rows = reports.stream().map(Sent::rows).flatMap(List::stream).toList();
    return new Stored(
        new ArrayList<>(rows), new ArrayList<>(reports.stream().map(Sent::id).toList()));
  }
}
