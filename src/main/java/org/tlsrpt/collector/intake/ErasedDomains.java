package org.tlsrpt.collector.intake;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.store.DomainErased;

/** Deletes what quarantine keeps of deliveries for a domain that was erased. */
@Component
class ErasedDomains {

  /** Bodies may be large; a few at a time. */
  private static final String DELETE =
      """
      delete from quarantine
      where id in (select id from quarantine where recipient_domain = :domain limit 50)
      """;

  private final JdbcClient jdbc;

  ErasedDomains(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void forget(DomainErased erased) {
    var statement = jdbc.sql(DELETE).param("domain", erased.domain());
    while (statement.update() > 0) {
      // once more, until there is none
    }
  }
}
