package org.tlsrpt.collector.dnsrecord;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an https destination must be: a host (RFC 3986 §3.2) and a path that a sender can POST to.
 */
final class HttpsDestination {

  private static final String RULE = "RFC 3986 §3.2";
  private static final int LONGEST_HOST = 253;
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");

  private final String path;
  private final Findings findings;

  HttpsDestination(String path, Findings findings) {
    this.path = path;
    this.findings = findings;
  }

  /**
   * Judges what follows {@code https:}.
   *
   * @return whether it names a host
   */
  boolean isUsable(String rest) {
    if (!rest.startsWith("//")) {
      return refuse("A host must follow https://, with two slashes.");
    }
    int end = endOfAuthority(rest);
    var authority = rest.substring(2, end);
    var afterwards = rest.substring(end);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      findings.warning(
          RULE, path, "The URI carries a user name or password, and DNS is public: leave it out.");
    }
    var flaw = wrongHost(authority.substring(at + 1));
    if (flaw == null && (afterwards.indexOf('[') >= 0 || afterwards.indexOf(']') >= 0)) {
      flaw = "Square brackets in the path must be written as %5B and %5D.";
    }
    if (flaw != null) {
      return refuse(flaw);
    }
    return isUsableFragment(afterwards);
  }

  private boolean isUsableFragment(String afterwards) {
    int hash = afterwards.indexOf('#');
    if (hash < 0) {
      return true;
    }
    if (afterwards.indexOf('#', hash + 1) >= 0) {
      return refuse("A URI has one # at most; write a literal one as %23.");
    }
    findings.warning(
        "RFC 3986 §3.5", path, "The part after # never reaches the server: leave it out.");
    return true;
  }

  private boolean refuse(String message) {
    findings.error(RULE, path, message);
    return false;
  }

  /** Where path, query or fragment begin, in text that begins with two slashes. */
  static int endOfAuthority(String rest) {
    for (int at = 2; at < rest.length(); at++) {
      if ("/?#".indexOf(rest.charAt(at)) >= 0) {
        return at;
      }
    }
    return rest.length();
  }

  private static @Nullable String wrongHost(String hostAndPort) {
    int colon = hostAndPort.indexOf(':', Math.max(0, hostAndPort.indexOf(']')));
    var host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    if (host.isEmpty()) {
      return "The host is missing after https://.";
    }
    if (colon >= 0 && !isPort(hostAndPort.substring(colon + 1))) {
      return "The port must be a number from 1 to 65535.";
    }
    if (IPV6.matcher(host).matches()) {
      return null;
    }
    if (host.length() > LONGEST_HOST) {
      return "The host has %s octets, at most %s are possible."
          .formatted(host.length(), LONGEST_HOST);
    }
    var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    var reason = HostNames.wrongLabel(name);
    return reason == null ? null : "The host " + reason;
  }

  private static boolean isPort(String digits) {
    return digits.matches("[0-9]{1,5}")
        && Integer.parseInt(digits) >= 1
        && Integer.parseInt(digits) <= 65535;
  }
}
