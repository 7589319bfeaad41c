package org.tlsrpt.collector.api;

import static org.tlsrpt.collector.api.ApiCall.delete;
import static org.tlsrpt.collector.api.ApiCall.get;
import static org.tlsrpt.collector.api.ApiCall.post;

import java.util.List;

/** Calls about what could not be read, and about what has to go. */
final class ApiCallsForOperators {

  private static final String QUARANTINE = "Quarantine";
  private static final String ERASING = "Erasing";
  private static final String MOVING = "Moving";

  private static final String ENTRY =
      """
      "id":"0b1d5a64-7c1e-8f2a-a3b4-c5d6e7f80912","reason":"unreadable","detail":"…",\
      "receivedAt":"2026-03-02T01:02:03Z","lastReceivedAt":"2026-03-02T01:02:03Z",\
      "timesReceived":1,"size":4711,"recipientDomain":"example.com",\
      "contentType":"application/tlsrpt+gzip","contentEncoding":null,\
      "source":{"channel":"https","ip":"198.51.100.7","userAgent":"uploader/1.0"}""";

  private static final String REPLAY =
      """
      {"state":"running","total":10,"done":2,"stored":1,"duplicates":0,"stillRefused":1,\
      "unavailable":0,"gone":0}""";

  private static final String ERASURE =
      """
      {"id":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","kind":"domain","name":"example.com",\
      "state":"running","requestedAt":"2026-03-02T01:02:03Z","doneAt":null,"reports":12,\
      "policies":13,"failures":40,"documents":12}""";

  static final List<ApiCall> ALL =
      List.of(
          get("/v1/quarantine", "List what could not be read, newest first")
              .under(QUARANTINE)
              .takesPage()
              .answers(200, "A page.", "{\"items\":[{" + ENTRY + "}],\"next\":null}"),
          get("/v1/quarantine/{id}", "Show why, from where, and how it begins")
              .under(QUARANTINE)
              .answers(200, "The entry.", "{" + ENTRY + ",\"preview\":\"<html>\"}")
              .refuses(404),
          get("/v1/quarantine/{id}/raw", "Give the bytes as sent")
              .under(QUARANTINE)
              .answers(200, "The bytes.", String.class, "application/octet-stream", "<html>")
              .refuses(404),
          post("/v1/quarantine/{id}/replay", "Try once more to read it")
              .under(QUARANTINE)
              .answers(
                  200,
                  "`stored`, `duplicate` or `refused`.",
                  "{\"status\":\"refused\",\"reason\":\"unreadable\",\"detail\":\"…\"}")
              .refuses(404),
          post("/v1/quarantine/replay", "Try all once more, in the background")
              .under(QUARANTINE)
              .answers(202, "It has begun.", REPLAY),
          get("/v1/quarantine/replay", "Show how far that is")
              .under(QUARANTINE)
              .answers(200, "`none`, `running`, `done` or `stopped`, with counts.", REPLAY),
          delete("/v1/quarantine/{id}", "Delete it")
              .under(QUARANTINE)
              .answers(204, "It is gone.")
              .refuses(404),
          post("/v1/import", "Take documents that were kept elsewhere")
              .under(MOVING)
              .says(
                  "An archive of `GET /v1/archive`, any .tar, .tar.gz or NDJSON of reports, or a"
                      + " mailbox; read while it comes. The same again does no harm.")
              .takes("recipientDomain")
              .sends("application/x-ndjson", "")
              .answers(
                  200,
                  "What became of it.",
                  """
                  {"stored":12,"duplicates":1,"quarantined":0,"refused":1,\
                  "failures":[{"name":"body:14","reason":"The body is empty."}]}""")
              .refuses(409),
          begins(delete("/v1/domains/{domain}", "Erase all about a domain")),
          begins(delete("/v1/organizations/{organization}", "Erase all of an organization")),
          begins(delete("/v1/domains", "Erase a domain whose name no path can carry"))
              .takes("erased.domain"),
          begins(delete("/v1/organizations", "Erase an organization whose name no path can carry"))
              .takes("erased.organization"),
          get("/v1/erasures", "List the newest 100")
              .under(ERASING)
              .unchanged()
              .answers(200, "All of them.", "{\"items\":[" + ERASURE + "],\"next\":null}"),
          get("/v1/erasures/{id}", "Show how far one is")
              .under(ERASING)
              .answers(200, "How far it is.", ERASURE)
              .refuses(404));

  private ApiCallsForOperators() {}

  private static ApiCall begins(ApiCall call) {
    return call.under(ERASING)
        .says("It goes on in the background; `Location` says where to ask how far it is.")
        .answers(202, "It has begun.", ERASURE);
  }
}
