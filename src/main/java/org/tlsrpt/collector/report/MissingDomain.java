package org.tlsrpt.collector.report;

import org.jspecify.annotations.Nullable;

/**
 * The domain of a policy that names none: Google left it out in 2019, Postfix still does, where no
 * policy was found.
 */
final class MissingDomain {

  static final String UNKNOWN = "unknown";

  private MissingDomain() {}

  /** The recipient domain if known, else the end of the report-id, else {@value #UNKNOWN}. */
  static String of(@Nullable String recipientDomain, @Nullable String reportId) {
    if (recipientDomain != null) {
      var name = Domains.name(recipientDomain).text();
      if (!name.isEmpty()) {
        return name;
      }
    }
    var suffix = reportId == null ? null : suffix(reportId);
    return suffix == null ? UNKNOWN : suffix;
  }

  /** {@code 2019-04-14T00:00:00Z_example.org}, {@code 133925885310113267+example.org}. */
  private static @Nullable String suffix(String reportId) {
    int separator = Math.max(reportId.lastIndexOf('_'), reportId.lastIndexOf('+'));
    if (separator < 0 || reportId.length() - separator > Domains.LONGEST) {
      return null;
    }
    var name = Domains.name(reportId.substring(separator + 1)).text();
    return Domains.isName(name) && hasTopLevel(name) ? name : null;
  }

  private static boolean hasTopLevel(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && Character.isLetter(name.charAt(dot + 1));
  }
}
