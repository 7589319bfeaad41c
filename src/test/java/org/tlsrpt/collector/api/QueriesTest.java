package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.tlsrpt.collector.api.ExpectedAnswers.Question;
import org.tlsrpt.collector.api.ExpectedAnswers.Row;
import org.tlsrpt.collector.store.KeptDays;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.JsonNode;

/** 600 reports of many shapes; every filter, page and sum against sums made here. */
@CollectorTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesTest {

  private static final List<String> DIMENSIONS =
      List.of(
          "day", "domain", "organization", "policyType", "mode", "resultType", "mx", "reasonCode");

  /** So many are added up by day before the others come. */
  private static final int KEPT = 580;

  @Autowired Http http;
  @Autowired JdbcTemplate jdbc;
  @Autowired WebApplicationContext context;

  private final Map<Set<String>, Calls> calls = new HashMap<>();

  private ExpectedAnswers expected;

  @BeforeAll
  void deliver() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    var rows = new ArrayList<Row>();
    var reports = MixedReports.make();
    deliver(reports.subList(0, KEPT), rows);
    KeptDays.keepAll(context);
    deliver(reports.subList(KEPT, reports.size()), rows);
    assertThat(jdbc.queryForList("select distinct day from day_sum"))
        .as("days that have not changed since")
        .hasSizeGreaterThan(jdbc.queryForList("select distinct day from day_change").size());
    expected = new ExpectedAnswers(rows);
  }

  private void deliver(List<MixedReports.Report> reports, List<Row> rows) {
    for (var report : reports) {
      var answer = http.post("/v1/tlsrpt/" + report.recipient(), report.json());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      var id = answer.json().get("id").asString();
      ExpectedAnswers.domains(report).forEach(domain -> rows.add(new Row(id, report, domain)));
    }
  }

  /** Each filter alone, some with several values, then any together, by logins of any reach. */
  static Stream<Question> questions() {
    var values = values();
    var questions = new ArrayList<Question>();
    questions.add(Question.all());
    values.forEach(
        (name, choice) ->
            choice.forEach(value -> questions.add(asked(Map.of(name, List.of(value))))));
    questions.add(asked(Map.of("domain", List.of("d1.example", "mx1.d2.example", "none.example"))));
    questions.add(asked(Map.of("sendingIp", List.of("192.0.2.0/25", "2001:db8::/32"))));
    questions.add(asked(Map.of("mode", List.of("enforce", "none"), "policyType", List.of("tlsa"))));
    var random = new Random(1);
    for (var i = 0; i < 60; i++) {
      questions.add(anyTogether(random, values));
    }
    return questions.stream();
  }

  private static Question asked(Map<String, List<String>> parameters) {
    return new Question(parameters, Set.of());
  }

  private static Question anyTogether(Random random, Map<String, List<String>> values) {
    var parameters = new TreeMap<String, List<String>>();
    for (var choice : values.entrySet()) {
      if (random.nextInt(4) == 0) {
        var several = new TreeSet<String>();
        for (var more = random.nextInt(3); more >= 0; more--) {
          several.add(choice.getValue().get(random.nextInt(choice.getValue().size())));
        }
        var once = Set.of("from", "to").contains(choice.getKey());
        parameters.put(choice.getKey(), once ? List.of(several.first()) : List.copyOf(several));
      }
    }
    var reach = new TreeSet<String>();
    for (var more = random.nextInt(4); more > 0; more--) {
      reach.add("d" + random.nextInt(8) + ".example");
    }
    return new Question(parameters, reach);
  }

  private static Map<String, List<String>> values() {
    var values = new TreeMap<String, List<String>>();
    values.put(
        "domain",
        IntStream.range(0, 8)
            .mapToObj(n -> (n % 2 == 0 ? "mx1.d" : "d") + n + ".example")
            .toList());
    values.put("organization", MixedReports.ORGANIZATIONS);
    values.put("policyType", List.of("sts", "tlsa", "no-policy-found", "something"));
    values.put("mode", List.of("enforce", "testing", "none"));
    values.put("resultType", MixedReports.RESULT_TYPES);
    values.put("mx", MixedReports.MX_HOSTS);
    values.put(
        "sendingIp",
        List.of("192.0.2.1", "192.0.2.0/24", "192.0.0.0/8", "0.0.0.0/0", "2001:db8::/47", "::/0"));
    values.put("from", List.of("2026-09-10", "2026-09-11"));
    values.put("to", List.of("2026-09-11", "2026-10-15", "9999-12-31"));
    return values;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void listsReports(Question question) {
    var items = calls(question).pages("/v1/reports", question.parameters(), 41);

    assertThat(items)
        .extracting(item -> item.get("id").asString() + " " + item.get("domain").asString())
        .containsExactlyElementsOf(
            expected.reports(question).stream().map(row -> row.id() + " " + row.domain()).toList());
  }

  @ParameterizedTest
  @MethodSource("questions")
  void listsFailures(Question question) {
    var items = calls(question).pages("/v1/failures", question.parameters(), 67);

    assertThat(items)
        .extracting(QueriesTest::words)
        .containsExactlyElementsOf(
            expected.failures(question).stream()
                .map(
                    found ->
                        Arrays.asList(
                            found.row().id(),
                            found.row().domain(),
                            found.row().report().organization(),
                            found.policy().policy().type(),
                            found.policy().policy().mode(),
                            found.failure().type(),
                            String.valueOf(found.failure().sessions()),
                            found.failure().ip(),
                            found.failure().mx(),
                            found.failure().reason()))
                .toList());
  }

  private static List<String> words(JsonNode item) {
    return Stream.of(
            "reportId",
            "domain",
            "organization",
            "policyType",
            "mode",
            "resultType",
            "sessions",
            "sendingMtaIp",
            "receivingMx",
            "reasonCode")
        .map(name -> text(item.get(name)))
        .toList();
  }

  private static String text(JsonNode value) {
    return value.isNull() ? null : value.asString();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void sumsUpByOne(Question question) {
    DIMENSIONS.forEach(by -> sumsUp(question, List.of(by)));
  }

  @ParameterizedTest
  @MethodSource("someQuestions")
  void sumsUpByTwo(Question question) {
    for (var first : DIMENSIONS) {
      for (var second : DIMENSIONS) {
        if (!first.equals(second)) {
          sumsUp(question, List.of(first, second));
        }
      }
    }
  }

  /** The same rows in the same order as the pages have, whatever the format. */
  @ParameterizedTest
  @MethodSource("someQuestions")
  void exportsWhatThePagesShow(Question question) {
    for (var path : List.of("/v1/reports", "/v1/failures", "/v1/domains")) {
      var items = calls(question).pages(path, question.parameters(), 1_000);

      assertThat(calls(question).lines(path, question.parameters())).isEqualTo(items);
      assertThat(calls(question).table(path, question.parameters()))
          .as(path)
          .isEqualTo(items.stream().map(Calls::row).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("someQuestions")
  void exportsAllGroupsOfASum(Question question) {
    for (var by : List.of("day", "resultType", "mx,reasonCode", "domain,mode")) {
      var path = "/v1/summary?by=" + by;
      var items = new ArrayList<JsonNode>();
      calls(question)
          .json(path + "&limit=1000&" + Calls.query(question.parameters()))
          .get("items")
          .forEach(items::add);

      assertThat(calls(question).lines(path, question.parameters())).isEqualTo(items);
      assertThat(calls(question).table(path, question.parameters()))
          .isEqualTo(items.stream().map(item -> Calls.groupRow(item, by)).toList());
    }
  }

  static Stream<Question> someQuestions() {
    var questions = questions().toList();
    return IntStream.iterate(0, i -> i < questions.size(), i -> i + 12).mapToObj(questions::get);
  }

  private void sumsUp(Question question, List<String> by) {
    var answer =
        calls(question)
            .json(
                "/v1/summary?"
                    + Calls.query(question.parameters())
                    + "limit=1000&by="
                    + String.join(",", by));
    var sums = new HashMap<List<String>, String>();
    answer.get("items").forEach(item -> sums.put(keys(item), figures(item)));

    var wanted = new HashMap<List<String>, String>();
    expected.sums(question, by).forEach((keys, sum) -> wanted.put(keys, figures(by, sum)));
    assertThat(answer.get("truncated").asBoolean()).isFalse();
    assertThat(sums).as(by.toString()).isEqualTo(wanted);
  }

  private static List<String> keys(JsonNode item) {
    if (item.has("key")) {
      return Arrays.asList(text(item.get("key")));
    }
    return Arrays.asList(text(item.get("keys").get(0)), text(item.get("keys").get(1)));
  }

  private static String figures(JsonNode item) {
    return (item.has("sessions")
            ? item.get("sessions")
            : item.get("successful") + " " + item.get("failed"))
        + " in "
        + item.get("reports");
  }

  private static String figures(List<String> by, ExpectedAnswers.Sum sum) {
    return (by.stream().anyMatch(List.of("resultType", "mx", "reasonCode")::contains)
            ? sum.failed()
            : sum.successful() + " " + sum.failed())
        + " in "
        + sum.ids().size();
  }

  private Calls calls(Question question) {
    return calls.computeIfAbsent(question.reach(), reach -> Calls.by(context, reach));
  }
}
