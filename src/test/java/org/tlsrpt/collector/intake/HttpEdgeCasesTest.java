package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.RawHttp;

/** Requests as no HTTP library makes them; 0 stands for a connection ended without an answer. */
@CollectorTest
class HttpEdgeCasesTest {

  private static final String REPORT = "{\"report-id\":\"edge\",\"policies\":[]}";

  @Autowired Http http;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          negative length         | POST /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: -1~~                            | 400
          length that is no number | POST /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: abc~~                           | 400
          length beyond 64 bits   | POST /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 99999999999999999999~~          | 400
          two lengths             | POST /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 2~Content-Length: 3~~{}x        | 400
          huge length, no body    | POST /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 9000000000000000000~~           | 413
          unknown coding          | POST /v1/tlsrpt HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~                   | 501
          chunk size no number    | POST /v1/tlsrpt HTTP/1.1~Host: a~Transfer-Encoding: chunked~~ZZ~                 | 0
          negative chunk          | POST /v1/tlsrpt HTTP/1.1~Host: a~Transfer-Encoding: chunked~~-2~                 | 0
          chunk beyond 64 bits    | POST /v1/tlsrpt HTTP/1.1~Host: a~Transfer-Encoding: chunked~~fffffffffffffffff~  | 0
          no host                 | POST /v1/tlsrpt HTTP/1.1~Content-Length: 2~~{}                                   | 400
          two hosts               | POST /v1/tlsrpt HTTP/1.1~Host: a~Host: b~Content-Length: 2~~{}                   | 400
          bad host                | POST /v1/tlsrpt HTTP/1.1~Host: a b~Content-Length: 2~~{}                         | 400
          header without colon    | POST /v1/tlsrpt HTTP/1.1~Host: a~nonsense~Content-Length: 2~~{}                  | 400, 422
          escaped slash           | POST /v1/tlsrpt%2fa HTTP/1.1~Host: a~Content-Length: 2~~{}                       | 400
          escaped NUL             | POST /v1/tlsrpt/%00 HTTP/1.1~Host: a~Content-Length: 2~~{}                       | 400
          doubled slash           | POST //v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 2~~{}                          | 400
          path parameter          | POST /v1/tlsrpt;a=b HTTP/1.1~Host: a~Content-Length: 2~~{}                       | 400
          up and down             | POST /v1/tlsrpt/..;/reports HTTP/1.1~Host: a~Content-Length: 2~~{}               | 400
          version of the future   | POST /v1/tlsrpt HTTP/9.9~Host: a~Content-Length: 2~~{}                           | 505
          method in small letters | post /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 2~~{}                           | 400, 501
          unknown method          | FOO /v1/tlsrpt HTTP/1.1~Host: a~Content-Length: 2~~{}                            | 400, 501
          TRACE                   | TRACE /v1/tlsrpt HTTP/1.1~Host: a~~                                              | 405
          unknown expectation     | POST /v1/tlsrpt HTTP/1.1~Host: a~Expect: x~Content-Length: 2~~{}                 | 417
          TLS on the plain port   | \u0016\u0003\u0001\u0002~~                                                       | 0, 400
          HTTP/2 by prior knowledge | PRI * HTTP/2.0~~SM~~                                                           | 0, 400, 505
          """)
  void refusesWithinTheProtocol(String what, String request, String statuses) throws IOException {
    String answer;
    try (var connection = RawHttp.connect(http.port())) {
      answer = connection.send(request.replace("~", "\r\n")).finish().readToEnd();
    }

    assertThat(Stream.of(statuses.split(", ")).map(Integer::parseInt))
        .as(answer)
        .contains(RawHttp.status(answer));
    assertThat(answer).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(http.post("/v1/tlsrpt", REPORT).status()).as("a good report behind").isIn(200, 201);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.0          | POST /v1/tlsrpt HTTP/1.0~Content-Length: {length}~~{report}
          100-continue      | POST /v1/tlsrpt HTTP/1.1~Host: a~Connection: close~Expect: 100-continue~Content-Length: {length}~~{report}
          chunked           | POST /v1/tlsrpt HTTP/1.1~Host: a~Connection: close~Transfer-Encoding: chunked~~{hex}~{report}~0~~
          chunk extension   | POST /v1/tlsrpt HTTP/1.1~Host: a~Connection: close~Transfer-Encoding: chunked~~{hex};a=b~{report}~0~~
          two media types   | POST /v1/tlsrpt HTTP/1.1~Host: a~Connection: close~Content-Type: a/b~Content-Type: c/d~Content-Length: {length}~~{report}
          absolute form     | POST http://a/v1/tlsrpt HTTP/1.1~Host: a~Connection: close~Content-Length: {length}~~{report}
          """)
  void takesAReportHoweverHttpCarriesIt(String what, String request) throws IOException {
    String answer;
    try (var connection = RawHttp.connect(http.port())) {
      answer =
          connection
              .send(
                  request
                      .replace("~", "\r\n")
                      .replace("{length}", String.valueOf(REPORT.length()))
                      .replace("{hex}", Integer.toHexString(REPORT.length()))
                      .replace("{report}", REPORT))
              .finish()
              .readToEnd();
    }

    assertThat(answer).containsAnyOf("\"status\":\"stored\"", "\"status\":\"duplicate\"");
  }

  /** Both lengths at once, with a second request behind: one answer, and the second never runs. */
  @Test
  void runsNothingThatHidesBehindTwoLengths() throws IOException {
    String answer;
    try (var connection = RawHttp.connect(http.port())) {
      answer =
          connection
              .send(
                  "POST /v1/tlsrpt HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                      + "GET /v1/record?domain=example.com HTTP/1.1\r\nHost: a\r\n\r\n")
              .finish()
              .readToEnd();
    }

    assertThat(answer.split("HTTP/1\\.1 ", -1)).as(answer).hasSizeLessThanOrEqualTo(2);
    assertThat(answer).doesNotContain("TLSRPTv1");
  }
}
