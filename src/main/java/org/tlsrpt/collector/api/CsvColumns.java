package org.tlsrpt.collector.api;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.store.Dimension;
import org.tlsrpt.collector.store.DomainItem;
import org.tlsrpt.collector.store.FailureItem;
import org.tlsrpt.collector.store.ReportItem;
import org.tlsrpt.collector.store.SummaryItem;

/**
 * A table of items: the names of JSON's members, what lies deeper by both names.
 *
 * @param names of the columns
 * @param cells of an item, in the order of the names; {@code null} for an empty one
 */
record CsvColumns<T>(List<String> names, Function<T, List<@Nullable Object>> cells) {

  static final CsvColumns<ReportItem> REPORTS =
      of(
          "id domain organization contact reportId start end receivedAt recipientDomain successful"
              + " failed sourceChannel sourceIp sourceUserAgent notes",
          it ->
              row(
                  it.id(),
                  it.domain(),
                  it.organization(),
                  it.contact(),
                  it.reportId(),
                  it.start(),
                  it.end(),
                  it.receivedAt(),
                  it.recipientDomain(),
                  it.successful(),
                  it.failed(),
                  it.source().channel(),
                  it.source().ip(),
                  it.source().userAgent(),
                  it.notes().stream().map(Note::code).distinct().collect(joining(" "))));

  static final CsvColumns<FailureItem> FAILURES =
      of(
          "reportId day domain organization policyType mode resultType sessions sendingMtaIp"
              + " receivingMx receivingMxHelo receivingIp additionalInformation reasonCode",
          it ->
              row(
                  it.reportId(),
                  it.day(),
                  it.domain(),
                  it.organization(),
                  it.policyType(),
                  it.mode(),
                  it.resultType(),
                  it.sessions(),
                  it.sendingMtaIp(),
                  it.receivingMx(),
                  it.receivingMxHelo(),
                  it.receivingIp(),
                  it.additionalInformation(),
                  it.reasonCode()));

  static final CsvColumns<DomainItem> DOMAINS =
      of(
          "domain firstSeen lastReport reporters successful failed",
          it ->
              row(
                  it.domain(),
                  it.firstSeen(),
                  it.lastReport(),
                  it.reporters(),
                  it.successful(),
                  it.failed()));

  /** A column for each thing that sums are grouped by, under its name. */
  static CsvColumns<SummaryItem> sums(List<Dimension> by) {
    var ofFailures = by.stream().anyMatch(Dimension::isOfFailures);
    var figures = ofFailures ? "sessions reports" : "successful failed reports";
    var keys = by.stream().map(SummaryParameters::nameOf).collect(joining(" "));
    return of(
        keys + " " + figures,
        it ->
            Stream.<@Nullable Object>concat(
                    it.keys().stream(),
                    ofFailures
                        ? Stream.of(it.failed(), it.reports())
                        : Stream.of(it.successful(), it.failed(), it.reports()))
                .toList());
  }

  private static <T> CsvColumns<T> of(String names, Function<T, List<@Nullable Object>> cells) {
    return new CsvColumns<>(List.of(names.split(" ")), cells);
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }
}
