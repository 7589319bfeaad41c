package org.tlsrpt.collector.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What a result type or a reason code means, and what to do, in the reader's language. {@code
 * meanings.txt} holds all of it: a block of seven lines each, with the word and the section of the
 * RFC, then name, meaning and advice, each in English and in Portuguese. The word of a reason code
 * begins with {@code reason:} and stands for all codes that begin with what follows.
 */
@Component("meaning")
class Meaning {

  private static final String REASON = "reason:";
  private static final int LINES = 7;

  private final Map<String, Entry> entries = read("meanings.txt");

  /** A block of the file: each pair of texts in English and in Portuguese. */
  record Entry(String section, String[] names, String[] meanings, String[] advice) {

    private Text in(boolean portuguese) {
      var at = portuguese ? 1 : 0;
      return new Text(names[at], section, meanings[at], advice[at]);
    }
  }

  /**
   * In one language.
   *
   * @param name a few words
   * @param section of the RFC
   * @param meaning what happened
   * @param advice what to do
   */
  public record Text(String name, String section, String meaning, String advice) {}

  /** What a result type means; null for one that nobody registered. */
  public @Nullable Text of(@Nullable String resultType) {
    var entry = resultType == null ? null : entries.get(resultType.toLowerCase(Locale.ROOT));
    return entry == null ? null : entry.in(isPortuguese());
  }

  /** What a reason code means; null for any that is not known. */
  public @Nullable Text reason(@Nullable String code) {
    if (code == null) {
      return null;
    }
    var word = REASON + code.toLowerCase(Locale.ROOT);
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(REASON) && word.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue().in(isPortuguese()))
        .orElse(null);
  }

  /** The name of a result type, or the word itself. */
  public String name(@Nullable String resultType) {
    var text = of(resultType);
    return text == null ? String.valueOf(resultType) : text.name();
  }

  /** The registered result types. */
  public List<String> types() {
    return entries.keySet().stream().filter(word -> !word.startsWith(REASON)).toList();
  }

  Map<String, Entry> entries() {
    return entries;
  }

  private static boolean isPortuguese() {
    return LocaleContextHolder.getLocale().getLanguage().equals(Languages.PORTUGUESE.getLanguage());
  }

  private static Map<String, Entry> read(String file) {
    try {
      var text =
          new ClassPathResource(file, Meaning.class).getContentAsString(StandardCharsets.UTF_8);
      var entries = new LinkedHashMap<String, Entry>();
      for (var block : text.strip().split("\n\n+", -1)) {
        var lines = block.split("\n", -1);
        var head = lines[0].split(" \\| ", -1);
        if (lines.length != LINES || head.length != 2) {
          throw new IllegalStateException(
              file + " holds blocks of seven lines; this is none: " + block);
        }
        entries.put(
            head[0],
            new Entry(
                head[1],
                new String[] {lines[1], lines[2]},
                new String[] {lines[3], lines[4]},
                new String[] {lines[5], lines[6]}));
      }
      return Collections.unmodifiableMap(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
