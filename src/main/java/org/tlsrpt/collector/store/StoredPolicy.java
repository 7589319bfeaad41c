package org.tlsrpt.collector.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code policy}, for reading. */
@Entity
@Immutable
@Table(name = "policy")
class StoredPolicy {

  /**
   * The primary key.
   *
   * @param domain policy domain
   * @param day UTC day of the window's start
   * @param reportId the report it belongs to
   * @param n place in the report
   */
  @Embeddable
  record Key(String domain, LocalDate day, UUID reportId, int n) {}

  @EmbeddedId Key key;

  String type;
  @Nullable String mode;

  @Column(columnDefinition = "text[]")
  String[] strings;

  @Column(columnDefinition = "text[]")
  String[] mxHosts;

  long successful;
  long failed;

  /** JPA fills the fields. */
  @SuppressWarnings("NullAway.Init")
  StoredPolicy() {}
}
