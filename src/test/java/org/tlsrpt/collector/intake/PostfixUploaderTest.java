package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.tlsrpt.collector.testing.FaultProxy;
import org.tlsrpt.collector.testing.Http;
import org.tlsrpt.collector.testing.ProxiedDatabase;

/**
 * The uploader most used with Postfix calls curl like this, and takes every status for "delivered":
 * only a connection that ends without an answer makes it try again. Needs curl, which CI installs.
 */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "management.server.address=127.0.0.1",
      "server.address=127.0.0.1",
      "spring.datasource.hikari.maximum-pool-size=3",
      "tlsrpt.intake.spool-directory=target/spool-${random.uuid}",
      "tlsrpt.intake.spool-size=0",
      "tlsrpt.intake.source.per-second=1",
      "tlsrpt.intake.source.burst=5",
      "tlsrpt.admin.password=for tests"
    })
@Import({ProxiedDatabase.class, Http.class})
class PostfixUploaderTest {

  private static final int EMPTY_REPLY = 52;

  @Autowired Http http;
  @Autowired FaultProxy proxy;

  @BeforeAll
  static void needsCurl() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.exists(Path.of(d, "curl"))),
        "curl is not installed");
  }

  @AfterEach
  void repair() {
    proxy.pass();
  }

  @Test
  void succeedsWhenStoredAndFailsWhenNothingCouldBeKept() throws Exception {
    assertThat(upload("stored")).isZero();

    proxy.cut();
    assertThat(upload("with the database away")).isEqualTo(EMPTY_REPLY);

    proxy.pass();
    var last = -1;
    for (var i = 0; i < 20 && last != EMPTY_REPLY; i++) {
      last = upload("one of too many " + i);
    }
    assertThat(last).as("the share is used up").isEqualTo(EMPTY_REPLY);
  }

  private int upload(String reportId) throws IOException, InterruptedException {
    var curl =
        new ProcessBuilder(
                "curl",
                "--silent",
                "--header",
                "Content-Type: application/tlsrpt+gzip",
                "--data-binary",
                "@-",
                "http://127.0.0.1:" + http.port() + "/v1/tlsrpt/example.com")
            .redirectErrorStream(true)
            .start();
    try (var stdin = curl.getOutputStream()) {
      stdin.write(Gzips.gzip("{\"report-id\":\"" + reportId + "\",\"policies\":[]}"));
    }
    curl.getInputStream().readAllBytes();
    assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return curl.exitValue();
  }
}
