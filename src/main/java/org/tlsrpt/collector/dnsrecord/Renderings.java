package org.tlsrpt.collector.dnsrecord;

/** Zone files, updates and the JSON of two providers. */
final class Renderings {

  private static final int CLOUDFLARE_SHORTEST_TTL = 60;
  private static final int CLOUDFLARE_LONGEST_TTL = 86_400;

  private Renderings() {}

  static String zone(Generated.Record record) {
    return "%s %s IN TXT %s"
        .formatted(record.name(), record.ttl(), Quoting.characterStrings(record.strings()));
  }

  static String nsupdate(Generated.Record record) {
    return """
        update delete %s TXT
        update add %s
        send"""
        .formatted(record.name(), zone(record));
  }

  static String route53(Generated.Record record) {
    return """
        {
          "Changes": [
            {
              "Action": "UPSERT",
              "ResourceRecordSet": {
                "Name": %s,
                "Type": "TXT",
                "TTL": %s,
                "ResourceRecords": [
                  { "Value": %s }
                ]
              }
            }
          ]
        }"""
        .formatted(
            Quoting.json(record.name()),
            record.ttl(),
            Quoting.json(Quoting.characterStrings(record.strings())));
  }

  static String cloudflare(Generated.Record record) {
    return """
        {
          "type": "TXT",
          "name": %s,
          "content": %s,
          "ttl": %s
        }"""
        .formatted(
            Quoting.json(undotted(record)),
            Quoting.json(Quoting.characterStrings(record.strings())),
            cloudflareTtl(record));
  }

  /**
   * The TTL nearest to the wanted one that Cloudflare accepts (below 60 is for Enterprise zones).
   */
  static int cloudflareTtl(Generated.Record record) {
    return Math.clamp(record.ttl(), CLOUDFLARE_SHORTEST_TTL, CLOUDFLARE_LONGEST_TTL);
  }

  /** The owner name without final dot, as providers show it. */
  static String undotted(Generated.Record record) {
    return record.name().endsWith(".")
        ? record.name().substring(0, record.name().length() - 1)
        : record.name();
  }
}
