package org.tlsrpt.collector.store;

import static org.awaitility.Awaitility.await;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets tests of other rooms have the sums of days kept now rather than in some minutes. */
public final class KeptDays {

  private KeptDays() {}

  /** Afterwards the sums of all days are kept, and no day has changed. */
  public static void keepAll(ApplicationContext context) {
    var jdbc = context.getBean(JdbcTemplate.class);
    var sums = context.getBean(DaySums.class);
    await()
        .until(
            () -> {
              sums.run();
              return jdbc.queryForObject("select count(*) from day_change", Long.class) == 0;
            });
  }
}
