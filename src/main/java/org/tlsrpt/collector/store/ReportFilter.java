package org.tlsrpt.collector.store;

import java.util.List;

/**
 * Which rows a query is about; the same for every list, sum and export.
 *
 * @param domains policy or recipient domains, any of them; empty for all
 */
public record ReportFilter(List<String> domains) {

  /** Copies the list. */
  public ReportFilter {
    domains = domains.stream().distinct().sorted().toList();
  }
}
