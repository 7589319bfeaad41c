package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;
import org.tlsrpt.collector.testing.Http;

@CollectorTest
@TestPropertySource(properties = "tlsrpt.public-url=https://tlsrpt.example.net/")
class LanguagesTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)[(}]");
  private static final Pattern ARGUMENT = Pattern.compile("\\{\\d");

  @Autowired Http http;

  @ParameterizedTest
  @CsvSource({
    "en, en, The TLS-RPT record",
    "en-GB, en, The TLS-RPT record",
    "'', en, The TLS-RPT record",
    "de, en, The TLS-RPT record",
    "'!!', en, The TLS-RPT record",
    "pt, pt-BR, O registro TLS-RPT",
    "pt-PT, pt-BR, O registro TLS-RPT",
    "'de, pt-BR;q=0.8, en;q=0.5', pt-BR, O registro TLS-RPT",
    "'en, pt;q=0.5', en, The TLS-RPT record",
  })
  void followWhatTheBrowserAsksFor(String accepted, String language, String title) {
    var page = Page.of(http.get("/record", "Accept-Language", accepted));

    assertThat(page.html().select("html").attr("lang")).isEqualTo(language);
    assertThat(page.text("h1")).isEqualTo(title);
    assertThat(page.html().title()).isEqualTo(title + " · tlsrpt-collector");
  }

  @Test
  void coverFindingsAndRefusals() {
    var made = inPortuguese("/record?domain=example.com&rua=mailto:a@example.com");
    assertThat(made.text(".remarks li.warning"))
        .contains("Aviso", "Relatórios sobre falhas no e-mail", "destino 1 · RFC 8460 §5.3");
    assertThat(made.has(".remarks [lang]")).isFalse();

    var refused = inPortuguese("/record?domain=*.example.com");
    assertThat(refused.text("#refusal")).contains("curinga", "Recebido:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/record", "/record/check", "/nothing"})
  void leaveNoKeyAndNoEnglishOnAPage(String path) {
    var page = inPortuguese(path);

    assertThat(page.answer().text()).doesNotContain("??");
    assertThat(page.text("body")).doesNotContainPattern("\\b(the|and|you|is)\\b");
  }

  @Test
  void haveTheSameKeysAndArguments() throws IOException {
    var english = messages("messages.properties");
    var portuguese = messages("messages_pt.properties");

    assertThat(portuguese.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, text) ->
            assertThat(arguments(portuguese.get(key))).as("%s", key).isEqualTo(arguments(text)));
  }

  @Test
  void haveEveryKeyThatATemplateNames() throws IOException {
    var english = messages("messages.properties").stringPropertyNames();
    try (var templates = Files.list(RESOURCES.resolve("templates"))) {
      for (var template : templates.toList()) {
        assertThat(KEY.matcher(Files.readString(template)).results().map(key -> key.group(1)))
            .as("%s", template)
            .isSubsetOf(english);
      }
    }
  }

  private Page inPortuguese(String path) {
    return Page.of(
        http.get(
            path,
            "Accept-Language",
            "pt-BR",
            "Accept",
            "text/html",
            "Authorization",
            Http.basic("admin", "a password for tests")));
  }

  private static Stream<String> argumentsOf(Object text) {
    return ARGUMENT.matcher(text.toString()).results().map(MatchResult::group).distinct().sorted();
  }

  private static java.util.List<String> arguments(Object text) {
    return argumentsOf(text).toList();
  }

  private static Properties messages(String file) throws IOException {
    var messages = new Properties();
    try (var reader = Files.newBufferedReader(RESOURCES.resolve(file), StandardCharsets.UTF_8)) {
      messages.load(reader);
    }
    return messages;
  }
}
