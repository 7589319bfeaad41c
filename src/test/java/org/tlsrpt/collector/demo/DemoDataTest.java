package org.tlsrpt.collector.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.tlsrpt.collector.intake.Intake;
import org.tlsrpt.collector.store.ReportQueries;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

/** {@code DemoPagesIT} looks at what the demo fills an empty database with. */
@CollectorTest
class DemoDataTest {

  @Autowired Http http;
  @Autowired Intake intake;
  @Autowired ReportQueries reports;
  @Autowired Clock clock;
  @Autowired JdbcTemplate jdbc;
  @Autowired ApplicationContext context;

  @Test
  void addsNothingToADatabaseWithReports() {
    jdbc.execute("truncate day_change, day_sum, report cascade");
    http.post("/v1/tlsrpt/a.example", "{\"report-id\":\"one\",\"policies\":[]}");

    new DemoData(intake, reports, clock).fillIfEmpty();

    assertThat(jdbc.queryForObject("select count(*) from report", Long.class)).isEqualTo(1);
  }

  @Test
  void isNotThereWithoutItsProfile() {
    assertThat(context.getBeansOfType(DemoData.class)).isEmpty();
  }
}
