package org.tlsrpt.collector.api;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The query parameters of all calls, as the description of the API shows them. */
final class ApiParameters {

  /** Those without which there is no answer. */
  private static final Set<String> REQUIRED =
      Set.of("by", "record.domain", "erased.domain", "erased.organization");

  private static final Map<String, Parameter> ALL = all();

  private ApiParameters() {}

  /** A parameter; where calls mean different things by one name, it has a prefix up to a dot. */
  static Parameter of(String name) {
    var parameter = ALL.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(name);
    }
    return parameter;
  }

  private static Map<String, Parameter> all() {
    var all = new LinkedHashMap<String, Parameter>();
    filters(all);
    pages(all);
    tools(all);
    return all;
  }

  private static void filters(Map<String, Parameter> all) {
    var word = new StringSchema();
    repeated(all, "domain", "Policy domain or recipient domain.", word, "example.com");
    repeated(
        all, "organization", "Whole name of who reports, capitals or not.", word, "Example Sender");
    repeated(all, "policyType", "`sts`, `tlsa`, `no-policy-found` or any other.", word, "sts");
    repeated(
        all,
        "mode",
        "Of the MTA-STS policy as the sender saw it.",
        new StringSchema()._enum(List.of("enforce", "testing", "none")),
        "testing");
    repeated(
        all,
        "resultType",
        "As `certificate-expired`: reports, policies and failures with such a failure.",
        word,
        "certificate-expired");
    repeated(all, "mx", "Name of the receiving MX.", word, "mx2.example.com");
    repeated(all, "sendingIp", "Address or range (CIDR) of the sending MTA.", word, "192.0.2.0/24");
    var day = new StringSchema().format("date");
    one(all, "from", "First UTC day of a window's start.", day, "2026-01-01");
    one(all, "to", "Last such day.", day, "2026-12-31");
  }

  private static void pages(Map<String, Parameter> all) {
    var limit = new IntegerSchema();
    limit.setMinimum(BigDecimal.ONE);
    limit.setMaximum(BigDecimal.valueOf(1_000));
    limit.setDefault(100);
    one(all, "limit", "Items at most.", limit, 100);
    one(all, "cursor", "`next` of the page before.", new StringSchema(), null);
    one(
        all,
        "by",
        "One or two of day, domain, organization, resultType, policyType, mode, mx, reasonCode.",
        new StringSchema(),
        "day,resultType");
  }

  private static void tools(Map<String, Parameter> all) {
    one(all, "record.domain", "The domain.", new StringSchema(), "example.com");
    repeated(
        all,
        "rua",
        "Where reports shall go; without it: here.",
        new StringSchema(),
        "mailto:tlsrpt@example.com");
    one(all, "ttl", "Seconds.", new IntegerSchema(), 3_600);
    one(
        all,
        "format",
        "json, text, zone, route53, cloudflare, terraform, nsupdate, azure or google.",
        new StringSchema(),
        "json");
    one(
        all,
        "list.format",
        "`json`: a page; `csv` or `ndjson`: all there is, streamed. `Accept` does the same.",
        new StringSchema()._enum(List.of("json", "csv", "ndjson")),
        "json");
    one(
        all,
        "archive.format",
        "`tar`: a file each in a .tar.gz; `ndjson`: a line each. `Accept` does the same.",
        new StringSchema()._enum(List.of("tar", "ndjson")),
        "tar");
    one(
        all,
        "recipientDomain",
        "Of documents that come without one.",
        new StringSchema(),
        "example.com");
    one(all, "check.mx", "Look at the records of the MX hosts too.", new BooleanSchema(), false);
    one(all, "probe", "Prove that reports arrive here.", new BooleanSchema(), false);
    one(all, "erased.domain", "The domain.", new StringSchema(), "nothing.example");
    one(all, "erased.organization", "The organization.", new StringSchema(), "No Such Sender");
  }

  private static void repeated(
      Map<String, Parameter> all, String name, String text, Schema<?> item, Object example) {
    var parameter = one(all, name, text + " Repeated: any of them.", item, null);
    parameter.schema(new ArraySchema().items(item)).explode(true).example(List.of(example));
  }

  private static Parameter one(
      Map<String, Parameter> all,
      String name,
      String text,
      Schema<?> schema,
      @org.jspecify.annotations.Nullable Object example) {
    var parameter =
        new QueryParameter()
            .name(name.substring(name.indexOf('.') + 1))
            .description(text)
            .required(REQUIRED.contains(name))
            .schema(schema);
    if (example != null) {
      parameter.example(example);
    }
    all.put(name, parameter);
    return parameter;
  }
}
