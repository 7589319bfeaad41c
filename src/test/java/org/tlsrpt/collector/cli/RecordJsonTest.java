package org.tlsrpt.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;
import tools.jackson.databind.json.JsonMapper;

@CollectorTest
class RecordJsonTest {

  @Autowired Http http;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.com                                   | domain=example.com
          example.com --ttl 60 --rua mailto:a@b.example | domain=example.com&ttl=60&rua=mailto:a@b.example
          bücher.example --rua https://b.example/"x     | domain=b%C3%BCcher.example&rua=https://b.example/%22x
          bücher.example --rua https://u@b.example/'#'x | domain=b%C3%BCcher.example&rua=https://u@b.example/'%23'x
          """)
  void isWhatTheServiceAnswers(String args, String query) {
    var answer = http.get("/v1/record?" + query);
    var ran = Ran.run(Map.of(), "", ("record --format json " + args).split(" "));

    if (answer.status() == 200) {
      assertThat(new JsonMapper().readTree(ran.out())).isEqualTo(answer.json());
      assertThat(ran.status()).isZero();
    } else {
      assertThat(ran.err()).contains(answer.json().get("detail").asString());
      assertThat(ran.status()).isEqualTo(1);
    }
  }
}
