package org.tlsrpt.collector.api;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Domains;
import org.tlsrpt.collector.store.AddressRange;
import org.tlsrpt.collector.store.Reach;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * The parameters that filter every list, sum and export. Values are brought into the form they are
 * stored in, so that what people type finds them.
 */
final class FilterParameters {

  private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private FilterParameters() {}

  /** Reads them, refuses what is malformed. */
  static ReportFilter of(Parameters parameters, Reach reach) {
    var from = day(parameters, "from");
    var to = day(parameters, "to");
    if (from != null && to != null && from.isAfter(to)) {
      throw ApiProblem.parameter("from", "is a day after 'to'.");
    }
    return new ReportFilter(
        reach,
        parameters.all("domain").stream().map(Domains::asStored).toList(),
        parameters.all("organization").stream().map(String::strip).toList(),
        words(parameters, "policyType"),
        modes(parameters),
        words(parameters, "resultType"),
        parameters.all("mx").stream().map(Domains::host).toList(),
        parameters.all("sendingIp").stream().map(FilterParameters::range).toList(),
        from,
        to);
  }

  /** Open vocabularies: a word nobody ever sent finds nothing. */
  private static List<String> words(Parameters parameters, String name) {
    return parameters.all(name).stream().map(FilterParameters::word).toList();
  }

  private static List<String> modes(Parameters parameters) {
    var modes = words(parameters, "mode");
    if (!ReportFilter.MODES.containsAll(modes)) {
      throw ApiProblem.parameter("mode", "must be enforce, testing or none.");
    }
    return modes;
  }

  private static String word(String given) {
    return given.strip().toLowerCase(Locale.ROOT);
  }

  private static AddressRange range(String given) {
    var range = AddressRange.parse(given.strip());
    if (range == null) {
      throw ApiProblem.parameter(
          "sendingIp",
          "must be an address or a range whose bits behind the prefix are zero, as 192.0.2.1,"
              + " 192.0.2.0/24 or 2001:db8::/32.");
    }
    return range;
  }

  private static @Nullable LocalDate day(Parameters parameters, String name) {
    var text = parameters.one(name);
    if (text == null) {
      return null;
    }
    try {
      var day = LocalDate.parse(text);
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return day;
      }
    } catch (DateTimeException e) {
      // answered below, like a day out of range
    }
    throw ApiProblem.parameter(name, "must be a day from 1970-01-01 to 9999-12-31, as 2026-03-01.");
  }
}
