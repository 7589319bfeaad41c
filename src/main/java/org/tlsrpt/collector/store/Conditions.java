package org.tlsrpt.collector.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code where} clause that grows: constants of ours, joined by {@code and}, and the values of
 * their parameters. Nothing anybody typed ever becomes part of the text.
 */
final class Conditions {

  private final List<String> texts = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  Conditions and(String text) {
    texts.add(text);
    return this;
  }

  Conditions and(String text, String parameter, Object value) {
    texts.add(text);
    values.put(parameter, value);
    return this;
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** Any of some values; no condition if there are none. */
  Conditions andAny(String text, String parameter, List<?> given) {
    return given.isEmpty() ? this : and(text, parameter, array(given));
  }

  /** A day, if there is one. */
  Conditions andDay(String text, String parameter, @Nullable LocalDate day) {
    return day == null ? this : and(text, parameter, day);
  }

  /** Both, with this one's parameters. */
  Conditions and(Conditions more) {
    texts.addAll(more.texts);
    values.putAll(more.values);
    return this;
  }

  /**
   * That there is a row.
   *
   * @param exists with one place for the conditions on that row
   */
  Conditions andExists(String exists, Conditions row) {
    texts.add(exists.formatted(row.text()));
    values.putAll(row.values);
    return this;
  }

  /** The value of a parameter that a condition has besides the one it came with. */
  Conditions with(String parameter, Object value) {
    values.put(parameter, value);
    return this;
  }

  int size() {
    return texts.size();
  }

  String text() {
    return texts.isEmpty() ? "true" : String.join("\n  and ", texts);
  }

  Map<String, Object> values() {
    return values;
  }

  /** The elements as the driver takes them for {@code text[]}; statements cast further. */
  static Object array(Collection<?> elements) {
    return elements.stream().map(Object::toString).toArray(String[]::new);
  }
}
