package org.tlsrpt.collector.store;

/** What a table of failures is sorted by, besides newest first. */
public enum FailureOrder {
  /** Oldest first. */
  OLDEST("r.day"),
  /** Most sessions first. */
  SESSIONS("f.failed_session_count desc, r.day desc"),
  /** By policy domain. */
  DOMAIN("r.domain, r.day desc"),
  /** By who answers for the report. */
  ORGANIZATION("r.organization_name nulls last, r.day desc"),
  /** By result type. */
  RESULT_TYPE("f.result_type, r.day desc"),
  /** By MX host. */
  MX("f.receiving_mx_hostname nulls last, r.day desc");

  private final String sql;

  FailureOrder(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
