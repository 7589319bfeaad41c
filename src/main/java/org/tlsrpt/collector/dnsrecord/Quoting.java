package org.tlsrpt.collector.dnsrecord;

import java.util.List;
import java.util.stream.Collectors;

/** How printable ASCII is quoted in the syntaxes that records are pasted into. */
final class Quoting {

  private Quoting() {}

  /** Character-strings as master files write them: quoted, one space between (RFC 1035 §5.1). */
  static String characterStrings(List<String> strings) {
    return strings.stream()
        .map(string -> "\"" + escaped(string) + "\"")
        .collect(Collectors.joining(" "));
  }

  /** Escapes backslash and quote with a backslash. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** A JSON string (RFC 8259 §7); printable ASCII has nothing else to escape. */
  static String json(String text) {
    return "\"" + escaped(text) + "\"";
  }

  /** A string of Terraform's language, in which ${ and %{ would begin a template. */
  static String hcl(String text) {
    return "\"" + escaped(text).replace("${", "$${").replace("%{", "%%{") + "\"";
  }

  /** A word of a POSIX shell: nothing is special between single quotes but the quote itself. */
  static String shell(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
