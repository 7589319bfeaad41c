package org.tlsrpt.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.tlsrpt.collector.testing.Http;

/** An operator who wants nothing to leave the machine. */
@UnusualSettings
class RecordCheckSwitchedOffTest {

  @Autowired Http http;

  @Test
  void saysThatLookUpsAreSwitchedOff() {
    var answer = http.getAsAdmin("/v1/record/check?domain=example.com");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().get("type").asString())
        .isEqualTo("urn:tlsrpt-collector:problem:switched-off");
    assertThat(answer.json().get("detail").asString()).contains("tlsrpt.check.outgoing");
  }
}
