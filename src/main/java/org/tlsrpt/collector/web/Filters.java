package org.tlsrpt.collector.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.tlsrpt.collector.report.Domains;
import org.tlsrpt.collector.store.AddressRange;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * A filter as it stands in the address of a page and in its form. Names and meaning are those of
 * the calls, so that a link to a call carries the same; an empty field is no condition.
 *
 * @param given values as typed, those that are not blank, by name
 * @param problems keys of what is wrong, by name of the field
 */
record Filters(Map<String, List<String>> given, Map<String, String> problems) {

  private static final int MOST = 100;
  private static final int LONGEST = 1_000;

  /** Reads them; what is wrong is a problem of its field, not a failure. */
  static Filters of(MultiValueMap<String, String> parameters) {
    var given = new LinkedHashMap<String, List<String>>();
    var problems = new LinkedHashMap<String, String>();
    for (var name : ReportFilter.NAMES) {
      var values =
          parameters.getOrDefault(name, List.of()).stream()
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .toList();
      if (!values.isEmpty()) {
        given.put(name, values);
        problem(name, values, problems);
      }
    }
    var filters = new Filters(given, problems);
    if (problems.isEmpty() && filters.isBackwards()) {
      problems.put("from", "filter.backwards");
    }
    return filters;
  }

  /** All failures of a period, of one domain or of all. */
  static Filters of(Period period, @Nullable String domain) {
    var given = new LinkedHashMap<String, List<String>>();
    if (domain != null) {
      given.put("domain", List.of(domain));
    }
    given.put("from", List.of(period.from().toString()));
    given.put("to", List.of(period.to().toString()));
    return new Filters(given, Map.of());
  }

  private static void problem(String name, List<String> values, Map<String, String> problems) {
    if (values.size() > MOST || values.stream().anyMatch(value -> !isText(value))) {
      problems.put(name, "filter.text");
    } else if (!values.stream().allMatch(value -> isValue(name, value))) {
      problems.put(name, "filter." + name);
    } else if (values.size() > 1 && (name.equals("from") || name.equals("to"))) {
      problems.put(name, "filter.once");
    }
  }

  private static boolean isText(String value) {
    return value.length() <= LONGEST && value.codePoints().noneMatch(Character::isISOControl);
  }

  private static boolean isValue(String name, String value) {
    return switch (name) {
      case "mode" -> ReportFilter.MODES.contains(value.toLowerCase(Locale.ROOT));
      case "sendingIp" -> AddressRange.parse(value) != null;
      case "from", "to" -> day(value) != null;
      default -> true;
    };
  }

  private static @Nullable LocalDate day(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      var day = LocalDate.parse(value);
      return day.getYear() >= 1970 && day.getYear() <= 9999 ? day : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private boolean isBackwards() {
    var from = day(one("from"));
    var to = day(one("to"));
    return from != null && to != null && from.isAfter(to);
  }

  /** The first value of a field, for its form; null if it is empty. */
  public @Nullable String one(String name) {
    var values = given.get(name);
    return values == null ? null : values.getFirst();
  }

  /** Values of a field that were given beside the first. */
  public List<String> others(String name) {
    var values = given.getOrDefault(name, List.of());
    return values.size() < 2 ? List.of() : values.subList(1, values.size());
  }

  /** Whether anything is asked for at all. */
  public boolean any() {
    return !given.isEmpty();
  }

  public boolean valid() {
    return problems.isEmpty();
  }

  /** The filter of the store; only of one that is valid. */
  ReportFilter filter(Reach reach) {
    return new ReportFilter(
        reach,
        all("domain").stream().map(Domains::asStored).toList(),
        all("organization"),
        words("policyType"),
        words("mode"),
        words("resultType"),
        all("mx").stream().map(Domains::host).toList(),
        ranges(),
        day(one("from")),
        day(one("to")));
  }

  private List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  private List<String> words(String name) {
    return all(name).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  private List<AddressRange> ranges() {
    var ranges = new ArrayList<AddressRange>();
    for (var text : all("sendingIp")) {
      var range = AddressRange.parse(text);
      if (range != null) {
        ranges.add(range);
      }
    }
    return ranges;
  }

  /**
   * The address with this filter.
   *
   * @param path of a page or a call
   * @param more names and values besides the filter's
   */
  public String link(String path, Object... more) {
    var query = UriComponentsBuilder.fromPath(path);
    var values = new ArrayList<Object>();
    given.forEach((name, all) -> all.forEach(value -> add(query, values, name, value)));
    for (int at = 0; at + 1 < more.length; at += 2) {
      add(query, values, more[at].toString(), more[at + 1].toString());
    }
    return query.encode().buildAndExpand(values.toArray()).toUriString();
  }

  /** The same with one field set to one value. */
  public Filters with(String name, String value) {
    var changed = new LinkedHashMap<>(given);
    changed.put(name, List.of(value));
    return new Filters(changed, problems);
  }

  private static void add(
      UriComponentsBuilder query, List<Object> values, String name, String value) {
    query.queryParam(name, "{" + name + values.size() + "}");
    values.add(value);
  }
}
