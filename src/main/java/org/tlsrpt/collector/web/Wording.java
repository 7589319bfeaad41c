package org.tlsrpt.collector.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Says in the reader's language what the room of the record says in English. The English sentence
 * is the key, as in gettext, so that a new one needs no number and is shown untranslated, and
 * marked as English, until somebody translates it.
 *
 * <p>{@code findings-pt.txt} holds pairs of lines. {@code {1}} to {@code {9}} stand for what the
 * sentence was about; {@code {message}} for a sentence, or an end of one, that stands in the file
 * itself.
 */
@Component
class Wording {

  private static final String MESSAGE = "{message}";
  private static final Pattern HOLE = Pattern.compile("\\{(message|[1-9])}");

  /** No message is longer; what is has been made by nobody here. */
  private static final int LONGEST = 2_000;

  /** So often a sentence stands within another. */
  private static final int DEEPEST = 5;

  private final List<Sentence> portuguese;

  Wording() {
    portuguese = read("findings-pt.txt");
  }

  /**
   * Words for a page.
   *
   * @param language of the words if it is not the page's, for its {@code lang}; else null
   */
  record Text(String words, @Nullable String language) {}

  /** One sentence in two languages. */
  record Sentence(String english, Pattern pattern, String translation) {

    static Sentence of(String english, String translation) {
      var pattern = new StringBuilder();
      var holes = HOLE.matcher(english);
      int from = 0;
      while (holes.find()) {
        pattern.append(Pattern.quote(english.substring(from, holes.start())));
        pattern.append("(?<h").append(holes.group(1)).append(">.*?)");
        from = holes.end();
      }
      pattern.append(Pattern.quote(english.substring(from)));
      return new Sentence(english, Pattern.compile(pattern.toString()), translation);
    }

    String start() {
      int hole = english.indexOf('{');
      return hole < 0 ? english : english.substring(0, hole);
    }
  }

  /** Translates what can be translated. */
  Text in(Locale locale, String english) {
    if (!locale.getLanguage().equals(Languages.PORTUGUESE.getLanguage())) {
      return new Text(english, null);
    }
    return translate(english, DEEPEST)
        .map(words -> new Text(words, null))
        .orElseGet(() -> new Text(english, Locale.ENGLISH.getLanguage()));
  }

  /** All sentences that can be translated. */
  List<Sentence> sentences() {
    return portuguese;
  }

  private Optional<String> translate(String english, int depth) {
    if (english.length() > LONGEST || depth == 0) {
      return Optional.empty();
    }
    for (var sentence : portuguese) {
      if (english.startsWith(sentence.start())) {
        var match = sentence.pattern().matcher(english);
        var translated = match.matches() ? fill(sentence, match, depth) : Optional.<String>empty();
        if (translated.isPresent()) {
          return translated;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> fill(Sentence sentence, Matcher match, int depth) {
    var message =
        sentence.english().contains(MESSAGE)
            ? translate(match.group("hmessage"), depth - 1)
            : Optional.of("");
    return message.map(
        inner ->
            HOLE.matcher(sentence.translation())
                .replaceAll(
                    hole ->
                        Matcher.quoteReplacement(
                            hole.group(1).equals("message")
                                ? inner
                                : match.group("h" + hole.group(1)))));
  }

  private static List<Sentence> read(String file) {
    try {
      var text =
          new ClassPathResource(file, Wording.class).getContentAsString(StandardCharsets.UTF_8);
      var sentences = new ArrayList<Sentence>();
      for (var pair : text.strip().split("\n\n+", -1)) {
        var lines = pair.split("\n", -1);
        if (lines.length != 2) {
          throw new IllegalStateException(file + " holds pairs of lines; this is none: " + pair);
        }
        sentences.add(Sentence.of(lines[0], lines[1]));
      }
      return List.copyOf(sentences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
