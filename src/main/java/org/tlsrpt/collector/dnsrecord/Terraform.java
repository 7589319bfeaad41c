package org.tlsrpt.collector.dnsrecord;

import java.util.stream.Collectors;

/** Terraform resources for the two most common providers. */
final class Terraform {

  private Terraform() {}

  static String render(Generated.Record record) {
    return """
        # Amazon Route 53
        resource "aws_route53_record" "smtp_tls" {
          zone_id = "MY_ZONE_ID"
          name    = %1$s
          type    = "TXT"
          ttl     = %2$s
          records = [%3$s]
        }

        # Cloudflare (provider version 5)
        resource "cloudflare_dns_record" "smtp_tls" {
          zone_id = "MY_ZONE_ID"
          name    = %1$s
          type    = "TXT"
          ttl     = %4$s
          content = %5$s
        }"""
        .formatted(
            Quoting.hcl(Renderings.undotted(record)),
            record.ttl(),
            Quoting.hcl(route53Value(record)),
            Renderings.cloudflareTtl(record),
            Quoting.hcl(Quoting.characterStrings(record.strings())));
  }

  /** The AWS provider puts the outer quotes itself and wants "" where one string ends. */
  private static String route53Value(Generated.Record record) {
    return record.strings().stream().map(Quoting::escaped).collect(Collectors.joining("\"\""));
  }
}
