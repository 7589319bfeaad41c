package org.tlsrpt.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentationTest {

  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT|Bench))(?:\\.(\\w+))?`((?:, `\\.\\w+`)*)");

  private static final Pattern METHOD = Pattern.compile("`\\.(\\w+)`");

  private static final Pattern PROPERTY = Pattern.compile("`(tlsrpt\\.[a-z.-]+)`");

  @Test
  void namesTestsThatExist() throws IOException {
    var sources = sources(Path.of("src/test/java"));
    var missing = new ArrayList<String>();
    var matcher = TEST.matcher(Files.readString(Path.of("docs/rfc8460.md")));
    var found = 0;
    while (matcher.find()) {
      found++;
      var source = sources.get(matcher.group(1));
      for (var method : methods(matcher.group(2), matcher.group(3))) {
        if (source == null || !source.contains(" " + method + "(")) {
          missing.add(matcher.group(1) + "." + method);
        }
      }
      if (source == null) {
        missing.add(matcher.group(1));
      }
    }

    assertThat(found).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/operations.md"})
  void linksToFilesThatExist(String document) throws IOException {
    var path = Path.of(document);
    var links =
        Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)").matcher(Files.readString(path));

    while (links.find()) {
      assertThat(path.toAbsolutePath().getParent().resolve(links.group(1))).exists();
    }
  }

  /** Settings are records: the name of a component is the name of the property. */
  @Test
  void namesPropertiesThatExist() throws IOException {
    var settings = String.join("\n", sources(Path.of("src/main/java")).values());
    var matcher = PROPERTY.matcher(Files.readString(Path.of("README.md")));
    var found = 0;
    while (matcher.find()) {
      found++;
      var name = matcher.group(1).substring(matcher.group(1).lastIndexOf('.') + 1);
      assertThat(settings).as(matcher.group(1)).containsPattern("\\b" + camelCase(name) + "\\b");
    }
    assertThat(found).isGreaterThan(10);
  }

  private static List<String> methods(String first, String others) {
    var methods = new ArrayList<String>();
    if (first != null) {
      methods.add(first);
    }
    var matcher = METHOD.matcher(others);
    while (matcher.find()) {
      methods.add(matcher.group(1));
    }
    return methods;
  }

  private static String camelCase(String name) {
    return Pattern.compile("-(.)")
        .matcher(name)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  private static Map<String, String> sources(Path root) throws IOException {
    var sources = new HashMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        var name = file.getFileName().toString();
        sources.put(name.substring(0, name.length() - 5), Files.readString(file));
      }
    }
    return sources;
  }
}
