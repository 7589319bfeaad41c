package org.tlsrpt.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.testing.CollectorTest;

/** What keeps the way to a distributed PostgreSQL open, read from the catalogue. */
@CollectorTest
class SchemaRulesTest {

  @Autowired JdbcTemplate jdbc;

  @ParameterizedTest
  @ValueSource(strings = {"report", "policy", "failure_detail", "failure_type"})
  void putsDomainAndDayFirstInEveryKey(String table) {
    var keys =
        jdbc.queryForList(
            """
            select string_agg(a.attname, ' ' order by k.place)
            from pg_constraint c
            cross join lateral unnest(c.conkey) with ordinality as k (attnum, place)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
            where c.conrelid = ?::regclass and c.contype in ('p', 'u', 'f')
            group by c.oid
            """,
            String.class,
            table);

    assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("domain day "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "policy", "failure_detail", "failure_type"})
  void makesNothingElseUnique(String table) {
    assertThat(
            jdbc.queryForList(
                """
                select indexrelid::regclass::text from pg_index
                where indrelid = ?::regclass and indisunique and not indisprimary
                """,
                String.class,
                table))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "policy", "failure_detail", "failure_type"})
  void hasNoTriggerRuleSequenceOrConstraintThatDistributionForbids(String table) {
    assertThat(
            jdbc.queryForList(
                """
                select tgname from pg_trigger where tgrelid = ?::regclass and not tgisinternal
                union all
                select rulename from pg_rules where tablename = ?
                union all
                select conname from pg_constraint
                where conrelid = ?::regclass and (condeferrable or contype = 'x')
                union all
                select attname from pg_attribute
                where attrelid = ?::regclass and (attidentity <> '' or attgenerated <> '')
                union all
                select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass
                union all
                select column_name from information_schema.columns
                where table_name = ? and (column_default is not null or domain_name is not null)
                """,
                String.class,
                table,
                table,
                table,
                table,
                table,
                table))
        .isEmpty();
  }

  @Test
  void hasNoEnumTypesAndNoSequences() {
    assertThat(
            jdbc.queryForList(
                """
                select typname from pg_type where typtype = 'e'
                union all
                select relname from pg_class where relkind = 'S'
                """,
                String.class))
        .isEmpty();
  }

  @Test
  void saysForEachIndexWhichQueryItServes() throws IOException {
    for (var migration : migrations()) {
      var lines = Files.readAllLines(migration);
      for (var i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("create index")) {
          assertThat(lines.get(i - 1)).as(lines.get(i)).startsWith("-- ");
        }
      }
    }
  }

  @Test
  void namesMigrationsByTheMomentTheyWereWritten() throws IOException {
    var name = Pattern.compile("V20\\d{12}__[a-z]+(_[a-z]+)+\\.sql");

    assertThat(migrations())
        .isNotEmpty()
        .allMatch(path -> name.matcher(path.getFileName().toString()).matches());
  }

  /** A day's reports by domain, the way the lists ask for them, must not read other domains'. */
  @Test
  void comparesDomainsByteByByte() {
    assertThat(
            jdbc.queryForList(
                """
                select distinct collation_name from information_schema.columns
                where column_name = 'domain'
                  and table_name in ('report', 'policy', 'failure_detail')
                """,
                String.class))
        .containsExactly("C");
  }

  private static List<Path> migrations() throws IOException {
    try (var files = Files.list(Path.of("db/migration"))) {
      return files.collect(Collectors.toList());
    }
  }
}
