package org.tlsrpt.collector.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tlsrpt.collector.report.Reading;
import org.tlsrpt.collector.report.ReportReader;

class DemoReportsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  private final ReportReader reader = new ReportReader(ReportReader.Limits.DEFAULT);

  @Test
  void areNinetyDaysOfTwelveDomainsAsRfc8460WantsThem() {
    var reports = DemoReports.upTo(TODAY);

    assertThat(reports).hasSizeBetween(4_500, 6_500);
    assertThat(reports.stream().map(DemoReports.Report::domain).collect(Collectors.toSet()))
        .hasSize(12)
        .allMatch(domain -> domain.endsWith(".example"));
    assertThat(reports.getFirst().day()).isEqualTo("2025-12-10");
    assertThat(reports.getLast().day()).isEqualTo("2026-03-09");
    for (var report : reports) {
      assertThat(reader.read(report.json(), report.domain()))
          .isInstanceOfSatisfying(Reading.Read.class, it -> assertThat(it.notes()).isEmpty());
    }
  }

  @Test
  void areTheSameForTheSameDay() {
    var first = DemoReports.upTo(TODAY);
    var again = DemoReports.upTo(TODAY);

    assertThat(again).hasSameSizeAs(first);
    for (int at = 0; at < first.size(); at++) {
      assertThat(again.get(at).json()).isEqualTo(first.get(at).json());
    }
  }
}
