package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * What a call for a list asks for.
 *
 * @param filter which rows
 * @param limit items at most, 1 to 1000
 * @param cursor as given
 */
record ListRequest(ReportFilter filter, int limit, @Nullable String cursor) {

  private static final Set<String> PARAMETERS = parameters();

  private static Set<String> parameters() {
    var names = new HashSet<>(ReportFilter.NAMES);
    names.addAll(PageParameters.NAMES);
    names.add(AnswerFormat.NAME);
    return names;
  }

  static ListRequest of(HttpServletRequest request, Reach reach) {
    var parameters = Parameters.of(request, PARAMETERS);
    var page = PageParameters.of(parameters);
    return new ListRequest(FilterParameters.of(parameters, reach), page.limit(), page.cursor());
  }
}
