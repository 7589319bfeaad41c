package org.tlsrpt.collector.intake;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Domains;

/** The domain a rua was published for, as the path of the POST names it. */
final class RecipientDomain {

  /** Mail domains have a dot; a label neither begins nor ends with a hyphen. */
  private static final Pattern MAIL_DOMAIN =
      Pattern.compile("(?!-)[^.]+(?<!-)(\\.(?!-)[^.]+(?<!-))+");

  private RecipientDomain() {}

  /** A-labels in lower case without the final dot; {@code null} if this is no domain name. */
  static @Nullable String normalize(String text) {
    var name = Domains.aLabels(text);
    return name != null && MAIL_DOMAIN.matcher(name).matches() ? name : null;
  }
}
