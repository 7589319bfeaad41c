package org.tlsrpt.collector.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code failure_detail}, for reading. */
@Entity
@Immutable
@Table(name = "failure_detail")
class StoredFailureDetail {

  /**
   * The primary key.
   *
   * @param domain policy domain
   * @param day UTC day of the window's start
   * @param reportId the report it belongs to
   * @param n place of its policy in the report
   * @param m place under its policy
   */
  @Embeddable
  record Key(String domain, LocalDate day, UUID reportId, int n, int m) {}

  @EmbeddedId Key key;

  String resultType;

  @Column(columnDefinition = "inet")
  @ColumnTransformer(read = "host(sending_mta_ip)")
  @Nullable String sendingMtaIp;

  @Nullable String receivingMxHostname;
  @Nullable String receivingMxHelo;

  @Column(columnDefinition = "inet")
  @ColumnTransformer(read = "host(receiving_ip)")
  @Nullable String receivingIp;

  long failedSessionCount;
  @Nullable String additionalInformation;
  @Nullable String failureReasonCode;

  /** JPA fills the fields. */
  @SuppressWarnings("NullAway.Init")
  StoredFailureDetail() {}
}
