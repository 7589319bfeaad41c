package org.tlsrpt.collector.dnsrecord;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The shapes in which operators paste a record. Text has no line end after its last line. Where a
 * tool needs what the record does not tell (a zone's id), the text says {@code MY_…}.
 */
public enum RecordFormat {
  /** The bare value, for the form of a DNS provider. */
  TEXT,
  /** A line of a zone file (RFC 1035 §5.1). */
  ZONE,
  /** A change batch for {@code aws route53 change-resource-record-sets}. */
  ROUTE53,
  /** The body for {@code POST /zones/…/dns_records}; that API takes a TTL of 60 to 86400 only. */
  CLOUDFLARE,
  /** Terraform for Route 53 and for Cloudflare (provider 5): keep the one you need. */
  TERRAFORM,
  /** A script for {@code nsupdate}; it replaces what was there, since two records are none. */
  NSUPDATE,
  /** Commands for the Azure CLI, in a POSIX shell. */
  AZURE,
  /** A command for the Google Cloud CLI, in a POSIX shell. */
  GOOGLE;

  /** Writes a record in this shape, escaped for its syntax. */
  public String render(Generated.Record record) {
    return switch (this) {
      case TEXT -> record.value();
      case ZONE -> Renderings.zone(record);
      case ROUTE53 -> Renderings.route53(record);
      case CLOUDFLARE -> Renderings.cloudflare(record);
      case TERRAFORM -> Terraform.render(record);
      case NSUPDATE -> Renderings.nsupdate(record);
      case AZURE -> CloudShell.azure(record);
      case GOOGLE -> CloudShell.google(record);
    };
  }

  /** The word that {@link #parse} understands: {@code route53}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a format by its word.
   *
   * @param word {@code text}, {@code zone}, {@code route53} and so on, lower-case
   * @return nothing for any other word
   */
  public static Optional<RecordFormat> parse(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }
}
