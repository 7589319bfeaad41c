package org.tlsrpt.collector.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.dnsrecord.Excerpt;

/**
 * Text of a stranger as a page shows it: characters that are not seen, or that turn others round,
 * are shown by their numbers; what is longer than anybody reads is cut.
 */
@Component
class Visible {

  private static final int LONGEST = 500;
  private static final String CUT = "…";
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_][a-z0-9._-]{0,254}");

  /** The text in pieces, each to be seen or the number of a code point that cannot be. */
  public List<MarkedText.Piece> of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    var shown = text.length() <= LONGEST ? text : text.substring(0, cut(text)) + CUT;
    return pieces(shown, codePoint -> false);
  }

  private static List<MarkedText.Piece> pieces(String text, IntPredicate alsoVisible) {
    var pieces = new ArrayList<MarkedText.Piece>();
    var seen = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint -> {
              if (Excerpt.isVisible(codePoint) || alsoVisible.test(codePoint)) {
                seen.appendCodePoint(codePoint);
              } else {
                flush(seen, pieces);
                pieces.add(new MarkedText.Piece(Excerpt.number(codePoint), null, false));
              }
            });
    flush(seen, pieces);
    return pieces;
  }

  /** The same for text that has been bounded elsewhere; line ends and tabs stay. */
  public List<MarkedText.Piece> lines(String text) {
    return pieces(text, codePoint -> codePoint == '\n' || codePoint == '\t');
  }

  /** Whether a domain can stand in the path of an address as it is. */
  public boolean plain(@Nullable String domain) {
    return domain != null && PLAIN.matcher(domain).matches();
  }

  private static int cut(String text) {
    return Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  }

  private static void flush(StringBuilder seen, List<MarkedText.Piece> pieces) {
    if (!seen.isEmpty()) {
      pieces.add(new MarkedText.Piece(seen.toString(), null, true));
      seen.setLength(0);
    }
  }
}
