package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The query parameters of a call, all of them known: a typo must not widen an answer. */
final class Parameters {

  private static final int MOST_VALUES = 100;
  private static final int LONGEST_VALUE = 1_000;
  private static final int LONGEST_NAME_SHOWN = 40;

  private final Map<String, String[]> values;

  private Parameters(Map<String, String[]> values) {
    this.values = values;
  }

  /** Takes the parameters of a request, refuses any that is not among {@code known}. */
  static Parameters of(HttpServletRequest request, Set<String> known) {
    return of(request.getParameterMap(), known);
  }

  /** The same of a request whose body is not for us to read, though its client calls it a form. */
  static Parameters ofQuery(HttpServletRequest request, Set<String> known) {
    var values = new LinkedHashMap<String, String[]>();
    UriComponentsBuilder.newInstance()
        .query(request.getQueryString())
        .build()
        .getQueryParams()
        .forEach(
            (name, given) ->
                values.put(
                    printable(name),
                    given.stream().map(value -> decoded(name, value)).toArray(String[]::new)));
    return of(values, known);
  }

  private static String decoded(String name, @Nullable String value) {
    try {
      return value == null ? "" : UriUtils.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.parameter(printable(name), "is not percent-encoded as it should be.");
    }
  }

  private static Parameters of(Map<String, String[]> values, Set<String> known) {
    for (var name : values.keySet()) {
      if (!known.contains(name)) {
        throw ApiProblem.parameter(
            printable(name),
            "is not known here; known are " + String.join(", ", sorted(known)) + ".");
      }
    }
    return new Parameters(values);
  }

  /** All values of a parameter that may be repeated: any of them. */
  List<String> all(String name) {
    var given = values.getOrDefault(name, new String[0]);
    if (given.length > MOST_VALUES) {
      throw ApiProblem.parameter(name, "is given more than " + MOST_VALUES + " times.");
    }
    for (var value : given) {
      check(name, value);
    }
    return List.of(given);
  }

  /** All values as they came, for whoever judges them better. */
  List<String> verbatim(String name) {
    return List.of(values.getOrDefault(name, new String[0]));
  }

  /** The value of a parameter that may stand once. */
  @Nullable String one(String name) {
    var given = all(name);
    if (given.size() > 1) {
      throw ApiProblem.parameter(name, "may be given once.");
    }
    return given.isEmpty() ? null : given.getFirst();
  }

  /** A whole number in a range. */
  int number(String name, int otherwise, int least, int most) {
    var text = one(name);
    if (text == null) {
      return otherwise;
    }
    try {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a number out of range
    }
    throw ApiProblem.parameter(name, "must be a whole number from " + least + " to " + most + ".");
  }

  /** {@code true} or {@code false}. */
  boolean yes(String name, boolean otherwise) {
    var text = one(name);
    return switch (text) {
      case null -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw ApiProblem.parameter(name, "must be true or false.");
    };
  }

  /** Refuses a value that no parameter may have. */
  static void check(String name, String value) {
    if (value.isBlank()) {
      throw ApiProblem.parameter(name, "is empty.");
    }
    if (value.length() > LONGEST_VALUE) {
      throw ApiProblem.parameter(name, "is longer than " + LONGEST_VALUE + " characters.");
    }
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw ApiProblem.parameter(name, "contains control characters.");
    }
  }

  private static String printable(String name) {
    var clean = name.replaceAll("[^\\p{Alnum}._\\[\\]-]", "?");
    return clean.length() <= LONGEST_NAME_SHOWN
        ? clean
        : clean.substring(0, LONGEST_NAME_SHOWN) + "…";
  }

  private static List<String> sorted(Set<String> names) {
    var sorted = names.toArray(new String[0]);
    Arrays.sort(sorted);
    return List.of(sorted);
  }
}
