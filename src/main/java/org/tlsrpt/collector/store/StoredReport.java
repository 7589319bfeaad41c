package org.tlsrpt.collector.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code report}, for reading; its document stays in the database until asked for. */
@Entity
@Immutable
@Table(name = "report")
class StoredReport {

  /**
   * The primary key.
   *
   * @param domain policy domain
   * @param day UTC day of the window's start
   * @param id made of the content
   */
  @Embeddable
  record Key(String domain, LocalDate day, UUID id) {}

  @EmbeddedId Key key;

  @Nullable String organizationName;
  @Nullable String contactInfo;
  @Nullable String reportId;
  @Nullable Instant windowStart;
  @Nullable Instant windowEnd;
  @Nullable String recipientDomain;
  Instant receivedAt;
  String channel;

  @Column(columnDefinition = "inet")
  @ColumnTransformer(read = "host(source_address)")
  @Nullable String sourceAddress;

  @Nullable String userAgent;
  long successful;
  long failed;
  int failureDetails;

  @Column(columnDefinition = "jsonb")
  @ColumnTransformer(read = "cast(notes as text)")
  @Nullable String notes;

  /** JPA fills the fields. */
  @SuppressWarnings("NullAway.Init")
  StoredReport() {}
}
