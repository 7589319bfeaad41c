package org.tlsrpt.collector.dnsrecord;

/** Commands for the shells of two clouds. */
final class CloudShell {

  private CloudShell() {}

  /** Azure's CLI cuts the value into strings itself; create sets the TTL, which add cannot. */
  static String azure(Generated.Record record) {
    var domain = Renderings.undotted(record).substring(TlsRptRecord.OWNER.length());
    return """
        az network dns record-set txt create --resource-group MY_RESOURCE_GROUP \
        --zone-name %1$s --name _smtp._tls --ttl %2$s
        az network dns record-set txt add-record --resource-group MY_RESOURCE_GROUP \
        --zone-name %1$s --record-set-name _smtp._tls --value %3$s"""
        .formatted(domain, record.ttl(), Quoting.shell(record.value()));
  }

  /** gcloud takes commas as separators of several records unless another separator is named. */
  static String google(Generated.Record record) {
    var strings = Quoting.characterStrings(record.strings());
    return "gcloud dns record-sets create %s --zone=MY_ZONE --type=TXT --ttl=%s --rrdatas=%s"
        .formatted(record.name(), record.ttl(), Quoting.shell(withoutSeparator(strings)));
  }

  private static String withoutSeparator(String strings) {
    if (strings.indexOf(',') < 0) {
      return strings;
    }
    var separator = new StringBuilder("|");
    while (strings.contains(separator)) {
      separator.append('|');
    }
    return "^" + separator + "^" + strings;
  }
}
