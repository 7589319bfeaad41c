package org.tlsrpt.collector.api;

import static org.tlsrpt.collector.api.ApiCall.get;

import java.util.List;

/** Calls that look at what was reported. */
final class ApiCallsForReaders {

  private static final String QUERIES = "Queries";

  private static final String ID = "7d4c2a9e-1f0b-8c3d-9e5a-6b7c8d9e0f1a";

  private static final String FILTERS =
      """
      All filters hold together; of a repeated one any value may hold. A login that is limited to \
      domains sees only rows about them.""";

  private static final String SOURCE =
      """
      "source":{"channel":"https","ip":"198.51.100.7","userAgent":"uploader/1.0"},"notes":[]""";

  private static final String HEAD =
      """
      "organization":"Example Sender","contact":"tls@sender.example",\
      "reportId":"2026-03-01_example.com","start":"2026-03-01T00:00:00Z",\
      "end":"2026-03-01T23:59:59Z","receivedAt":"2026-03-02T01:02:03Z",\
      "recipientDomain":"example.com","successful":412,"failed":21,""";

  private static final String FAILURE =
      """
      "resultType":"certificate-expired","sessions":21,"sendingMtaIp":"192.0.2.25",\
      "receivingMx":"mx2.example.com","receivingMxHelo":null,"receivingIp":"198.51.100.12",\
      "additionalInformation":null,"reasonCode":null""";

  static final List<ApiCall> ALL =
      List.of(
          get("/v1/reports", "List reports, newest first")
              .under(QUERIES)
              .says("One item per report and policy domain. " + FILTERS)
              .takesFilter()
              .takesPage()
              .exported()
              .answers(
                  200,
                  "A page.",
                  list("{\"id\":\"" + ID + "\",\"domain\":\"example.com\"," + HEAD + SOURCE + "}")),
          get("/v1/reports/{id}", "Show a whole report")
              .under(QUERIES)
              .says("Over those of its policy domains that the login may see.")
              .unchanged()
              .answers(
                  200,
                  "The report.",
                  ApiReport.class,
                  "application/json",
                  "{\"id\":\""
                      + ID
                      + "\",\"domains\":[\"example.com\"],"
                      + HEAD
                      + SOURCE
                      + ",\"policies\":[{\"type\":\"sts\",\"domain\":\"example.com\","
                      + "\"mode\":\"testing\",\"strings\":[\"version: STSv1\",\"mode: testing\"],"
                      + "\"mxHosts\":[\"*.example.com\"],\"successful\":412,\"failed\":21,"
                      + "\"failures\":[{"
                      + FAILURE
                      + "}]}]}")
              .refuses(404),
          get("/v1/reports/{id}/raw", "Give the JSON as received, byte for byte")
              .under(QUERIES)
              .says("410 once it was deleted. Only to a login that may see all of the report.")
              .unchanged()
              .answers(200, "The document.", String.class, "application/tlsrpt+json", "{}")
              .refuses(404, 410),
          get("/v1/archive", "Give all documents of a filter, for a move elsewhere")
              .under(QUERIES)
              .says("Each once, with what is known of it besides; `POST /v1/import` takes it.")
              .takesFilter()
              .takes("archive.format")
              .answers(200, "The archive.", String.class, "application/gzip", ""),
          get("/v1/failures", "List failure details, newest first")
              .under(QUERIES)
              .says(FILTERS)
              .takesFilter()
              .takesPage()
              .exported()
              .answers(
                  200,
                  "A page.",
                  list(
                      "{\"reportId\":\""
                          + ID
                          + "\",\"day\":\"2026-03-01\",\"domain\":\"example.com\","
                          + "\"organization\":\"Example Sender\",\"policyType\":\"sts\","
                          + "\"mode\":\"testing\","
                          + FAILURE
                          + "}")),
          get("/v1/summary", "Sum up sessions by one thing or two")
              .under(QUERIES)
              .says(
                  "By resultType, mx and reasonCode the items have `sessions` instead of"
                      + " `successful` and `failed`; by two things `keys` instead of `key`. "
                      + FILTERS)
              .takes("by")
              .takesFilter()
              .takes("limit")
              .unchanged()
              .exported()
              .answers(
                  200,
                  "The groups, those with most failures first, newest day before all others.",
                  """
                  {"items":[{"keys":["2026-03-01","certificate-expired"],"sessions":21,\
                  "reports":1}],"truncated":false}"""),
          get("/v1/domains", "List domains with the sums of 30 days")
              .under(QUERIES)
              .says(FILTERS)
              .takesFilter()
              .takesPage()
              .exported()
              .answers(
                  200,
                  "A page, by name.",
                  list(
                      """
                      {"domain":"example.com","firstSeen":"2025-01-01","lastReport":"2026-03-01",\
                      "reporters":4,"successful":12000,"failed":21}""")));

  private ApiCallsForReaders() {}

  private static String list(String item) {
    return "{\"items\":[" + item + "],\"next\":null}";
  }
}
