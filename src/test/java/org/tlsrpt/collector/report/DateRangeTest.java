package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.with;
import static org.tlsrpt.collector.report.Documents.without;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-03-26T00:00:00Z       | 2024-03-26T00:00:00Z     |
          2024-03-26T00:00:00.5Z     | 2024-03-26T00:00:00.500Z |
          2024-03-26T00:00:00+00:00  | 2024-03-26T00:00:00Z     |
          2024-03-26T02:00:00+02:00  | 2024-03-26T00:00:00Z     |
          2024-03-25T18:30:00-05:30  | 2024-03-26T00:00:00Z     |
          2024-03-26T00:00:00        | 2024-03-26T00:00:00Z     | date-no-zone
          2024-03-26 00:00:00Z       | 2024-03-26T00:00:00Z     | date-format
          2024-03-26t00:00:00z       | 2024-03-26T00:00:00Z     | date-format
          2024-03-26T02:00:00+0200   | 2024-03-26T00:00:00Z     | date-format
          2024-03-26T00:00Z          | 2024-03-26T00:00:00Z     | date-format
          2024-03-26 00:00:00 UTC    | 2024-03-26T00:00:00Z     | date-format
          2024-03-26 00:00:00        | 2024-03-26T00:00:00Z     | date-format date-no-zone
          2024-03-26                 | 2024-03-26T00:00:00Z     | date-only
          1711411200                 | 2024-03-26T00:00:00Z     | date-epoch
          1711411200000              | 2024-03-26T00:00:00Z     | date-epoch
          2024-03-25T24:00:00Z       | 2024-03-26T00:00:00Z     | date-hour-24
          2016-12-31T23:59:60Z       | 2016-12-31T23:59:59Z     | date-leap-second
          0001-01-01T00:00:00Z       | 0001-01-01T00:00:00Z     | date-implausible
          2099-01-01T00:00:00Z       | 2099-01-01T00:00:00Z     | date-implausible
          0000-01-01T00:00:00Z       |                          | date-invalid
          -0001-01-01T00:00:00Z      |                          | date-invalid
          99999-01-01T00:00:00Z      |                          | date-invalid
          +999999999-12-31T00:00:00Z |                          | date-invalid
          2024-02-30T00:00:00Z       |                          | date-invalid
          2024-03-26T25:00:00Z       |                          | date-invalid
          2024-03-26T24:00:01Z       |                          | date-invalid
          2024-03-26T00:00:61Z       |                          | date-invalid
          2024-03-26T00:00:00+25:00  |                          | date-invalid
          20240326                   |                          | date-invalid
          99999999999999999          |                          | date-epoch date-invalid
          infinity                   |                          | date-invalid
          now                        |                          | date-invalid
          yesterday                  |                          | date-invalid
          """)
  void readsWhatSendersWriteAsDate(String text, @Nullable Instant stored, @Nullable String codes) {
    var reading = with("start-datetime", "\"" + text + "\"").and("end-datetime", "null").read();

    assertThat(reading.report().dateRange().start()).isEqualTo(stored);
    assertThat(reading.notes())
        .filteredOn(note -> note.path().equals("date-range.start-datetime"))
        .extracting(Note::code)
        .isEqualTo(codes == null ? List.of() : List.of(codes.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "1711411200, 2024-03-26T00:00:00Z, date-epoch",
    "1711411200.25, 2024-03-26T00:00:00Z, date-epoch",
    "1711411200123, 2024-03-26T00:00:00.123Z, date-epoch",
    "1e9, , date-invalid",
    "-5, , date-invalid",
    "true, , date-invalid",
    "{}, , date-invalid",
  })
  void readsNumbersAsSecondsOrMilliseconds(String json, @Nullable Instant stored, String code) {
    var reading = with("start-datetime", json).and("end-datetime", "null").read();

    assertThat(reading.report().dateRange().start()).isEqualTo(stored);
    assertThat(Documents.codes(reading)).containsExactly(code, "date-missing");
  }

  @Test
  void dateWithoutTimeIsTheWholeDay() {
    var range = with("start-datetime", "\"2024-03-26\"").and("end-datetime", "\"2024-03-26\"");

    assertThat(range.report().dateRange().start()).isEqualTo("2024-03-26T00:00:00Z");
    assertThat(range.report().dateRange().end()).isEqualTo("2024-03-26T23:59:59Z");
  }

  @Test
  void swapsAReversedWindow() {
    var document =
        with("start-datetime", "\"2024-03-27T00:00:00Z\"")
            .and("end-datetime", "\"2024-03-26T00:00:00Z\"");

    assertThat(document.report().dateRange().start()).isEqualTo("2024-03-26T00:00:00Z");
    assertThat(document.report().dateRange().end()).isEqualTo("2024-03-27T00:00:00Z");
    assertThat(document.codes()).containsExactly("range-reversed");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-27T00:00:00Z, ", "2024-04-02T00:00:00Z, ",
    "2024-04-03T00:00:00Z, ", "2024-04-03T00:00:01Z, range-long",
  })
  void acceptsAnyWindowAndNotesMoreThanAWeek(String end, @Nullable String code) {
    var document =
        with("start-datetime", "\"2024-03-26T00:00:00Z\"").and("end-datetime", "\"" + end + "\"");

    assertThat(document.report().dateRange().end()).isEqualTo(end);
    assertThat(document.codes()).isEqualTo(code == null ? List.of() : List.of(code));
  }

  @ParameterizedTest
  @CsvSource({
    "start-datetime, date-range.start-datetime",
    "end-datetime, date-range.end-datetime",
    "date-range, date-range"
  })
  void keepsReportWithoutDates(String member, String path) {
    assertThat(without(member).read().notes())
        .extracting(Note::code, Note::path)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("date-missing", path));
    assertThat(with(member, "null").codes()).containsExactly("date-missing");
    assertThat(with(member, "\"\"").codes()).containsExactly("date-missing");
  }
}
