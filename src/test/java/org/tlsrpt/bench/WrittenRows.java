package org.tlsrpt.bench;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

/** The tables as entities that can be written; outside the packages the collector scans. */
public final class WrittenRows {

  private WrittenRows() {}

  public record Key(String domain, LocalDate day, UUID id) {}

  public record PolicyKey(String domain, LocalDate day, UUID reportId, int n) {}

  public record DetailKey(String domain, LocalDate day, UUID reportId, int n, int m) {}

  @Entity
  @Table(name = "report")
  @IdClass(Key.class)
  public static class WrittenReport {
    @Id public String domain;
    @Id public LocalDate day;
    @Id public UUID id;
    public String organizationName;
    public String contactInfo;
    public String reportId;
    public Instant windowStart;
    public Instant windowEnd;
    public Instant receivedAt;
    public String channel;

    @ColumnTransformer(write = "cast(? as inet)")
    public String sourceAddress;

    public String userAgent;
    public long successful;
    public long failed;
    public int failureDetails;
    public long identity;
    public byte[] document;
    public int domains;
  }

  @Entity
  @Table(name = "policy")
  @IdClass(PolicyKey.class)
  public static class WrittenPolicy {
    @Id public String domain;
    @Id public LocalDate day;
    @Id public UUID reportId;
    @Id public int n;
    public String type;
    public String mode;

    @Column(columnDefinition = "text[]")
    public List<String> strings;

    @Column(columnDefinition = "text[]")
    public List<String> mxHosts;

    public long successful;
    public long failed;
  }

  @Entity
  @Table(name = "failure_detail")
  @IdClass(DetailKey.class)
  public static class WrittenDetail {
    @Id public String domain;
    @Id public LocalDate day;
    @Id public UUID reportId;
    @Id public int n;
    @Id public int m;
    public String resultType;

    @ColumnTransformer(write = "cast(? as inet)")
    public String sendingMtaIp;

    public String receivingMxHostname;

    @ColumnTransformer(write = "cast(? as inet)")
    public String receivingIp;

    public long failedSessionCount;
    public String failureReasonCode;
  }
}
