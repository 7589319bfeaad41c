package org.tlsrpt.collector.store;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Statements of queries, bounded in time: a filter that finds little among much must not keep the
 * database busy for whoever asks next.
 */
@Component
class Reads {

  /** Planned for the values at hand: a domain with a million rows is not one with ten. */
  private static final String BEGIN =
      """
      select set_config('statement_timeout', :millis, true),
        set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('jit', 'off', true)
      """;

  private static final String ALONG_AN_INDEX =
      """
      select set_config('enable_mergejoin', 'off', true),
        set_config('enable_hashjoin', 'off', true),
        set_config('enable_seqscan', 'off', true),
        set_config('max_parallel_workers_per_gather', '0', true)
      """;

  /**
   * Settings of queries.
   *
   * @param timeout for a page or a sum, more than 0
   */
  @ConfigurationProperties("tlsrpt.query")
  record Settings(@DefaultValue("5s") Duration timeout) {}

  private final JdbcClient jdbc;
  private final Settings settings;

  Reads(JdbcClient jdbc, Settings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Begins a query of one or more statements, in the transaction of the caller. */
  Query begin() {
    var millis = settings.timeout().toMillis();
    jdbc.sql(BEGIN).param("millis", String.valueOf(millis)).query().singleRow();
    return new Query(System.nanoTime() + settings.timeout().toNanos());
  }

  /**
   * The same for a page, whose rows come along an index until there are enough: reading all that
   * might match before the first one is shown is never the shorter way.
   */
  Query beginPage() {
    var query = begin();
    jdbc.sql(ALONG_AN_INDEX).query().singleRow();
    return query;
  }

  /** The statements of one query, which end together. */
  final class Query {

    private final long end;

    private Query(long end) {
      this.end = end;
    }

    <T> List<T> list(Statement statement, RowMapper<T> row) {
      if (System.nanoTime() - end > 0) {
        throw new QueryTimeoutException("The statements before took all the time");
      }
      return jdbc.sql(statement.text()).params(statement.values()).query(row).list();
    }
  }
}
