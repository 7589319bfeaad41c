package org.tlsrpt.collector.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Domains;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * What a call for a list asks for.
 *
 * @param filter which rows
 * @param limit items at most, 1 to 1000
 * @param cursor as given
 */
record ListRequest(ReportFilter filter, int limit, @Nullable String cursor) {

  private static final int LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1_000;

  static ListRequest of(Parameters parameters) {
    var domains = parameters.all("domain").stream().map(ListRequest::asStored).toList();
    return new ListRequest(
        new ReportFilter(domains),
        parameters.number("limit", LIMIT, 1, HIGHEST_LIMIT),
        parameters.one("cursor"));
  }

  /** The way domains are stored, so that what people type finds them. */
  private static String asStored(String domain) {
    var name = Domains.aLabels(domain);
    return name == null ? domain.strip().toLowerCase(Locale.ROOT) : name;
  }
}
