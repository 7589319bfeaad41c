package org.tlsrpt.collector.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.BrowserTest;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Visit;
import org.tlsrpt.collector.testing.Visit.Eyes;

/** Makes the pictures: {@code mvn test -Dtest=RecordScreenshots -DexcludedGroups=}. */
@Tag("screenshots")
@BrowserTest
@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class RecordScreenshots {

  @LocalServerPort int port;

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
  void showTheRecord(int width, ColorScheme scheme) {
    try (var visit = Visit.of(port, new Eyes(width, scheme, "en", true))) {
      var page = visit.open("/record?domain=example.com");
      assertThat(page.locator("#made")).isVisible();
      var name = "record-%s-%s.png".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("docs/images", name)));
    }
  }
}
