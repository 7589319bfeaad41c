package org.tlsrpt.collector.dnsrecord;

import java.util.Locale;

/** A destination as somebody typed it, brought into the form that the weakest sender reads. */
final class DestinationText {

  /** Stands for the policy domain: the report's JSON does not say for which rua it was sent. */
  private static final String PLACEHOLDER = "{domain}";

  private DestinationText() {}

  /**
   * Canonical text of a destination: scheme and https host lower-case, U-labels of that host as
   * A-labels, {@code ,} {@code !} {@code ;} percent-encoded where they are not yet, no fragment.
   * Whether it is a usable destination is for {@link Destination} to say.
   *
   * @param domain what {@code {domain}} stands for
   * @param path where the destination stands, for the findings
   * @param notes takes what was changed
   */
  static String canonical(String typed, String domain, String path, Findings notes) {
    var text = typed.strip().replace(PLACEHOLDER, domain);
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return text;
    }
    var scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    var rest = text.substring(colon + 1);
    return switch (scheme) {
      case "https" -> "https:" + encoded(https(rest, path, notes));
      case "mailto" -> "mailto:" + encoded(rest);
      default -> text;
    };
  }

  private static String https(String rest, String path, Findings notes) {
    if (!rest.startsWith("//")) {
      return rest;
    }
    int end = HttpsDestination.endOfAuthority(rest);
    int host = rest.lastIndexOf('@', end - 1) + 1;
    if (host == 0) {
      host = 2;
    }
    var typedHost = rest.substring(host, end);
    var asciiHost = asciiHost(typedHost);
    if (!asciiHost.equals(typedHost.toLowerCase(Locale.ROOT))) {
      notes.info(
          "RFC 5890 §2.3.2.1",
          path,
          "The host is written in its A-label form, " + Excerpt.of(asciiHost) + ".");
    }
    return rest.substring(0, host) + asciiHost + withoutFragment(rest.substring(end), path, notes);
  }

  /** Leaves a host that does not convert as it is: not being ASCII, it is refused later. */
  private static String asciiHost(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    var name = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    var ascii = hostAndPort.startsWith("[") ? hostAndPort : HostNames.toAscii(name);
    if (ascii == null || hostAndPort.startsWith("[")) {
      return hostAndPort;
    }
    return ascii.toLowerCase(Locale.ROOT) + hostAndPort.substring(name.length());
  }

  private static String withoutFragment(String afterwards, String path, Findings notes) {
    int hash = afterwards.indexOf('#');
    if (hash < 0) {
      return afterwards;
    }
    notes.info(
        "RFC 3986 §3.5", path, "The part after # was left out: it never reaches the server.");
    return afterwards.substring(0, hash);
  }

  /** Encodes the three characters of RFC 8460 §3; what is encoded already has none of them left. */
  private static String encoded(String text) {
    return text.replace(",", "%2C").replace("!", "%21").replace(";", "%3B");
  }
}
