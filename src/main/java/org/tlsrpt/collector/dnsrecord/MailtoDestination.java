package org.tlsrpt.collector.dnsrecord;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mailto destination must be: one address (RFC 6068), which a sender can write to. */
final class MailtoDestination {

  private static final String RULE = "RFC 6068 §2";
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_LOCAL_PART = 64;

  /** {@code addr-spec} of RFC 5322 without comments; only ever tried on short text. */
  private static final Pattern LOCAL_PART =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "|\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"");

  private static final Pattern ADDRESS_LITERAL = Pattern.compile("\\[[0-9A-Za-z:.]{2,60}]");

  private final String path;
  private final Findings findings;

  MailtoDestination(String path, Findings findings) {
    this.path = path;
    this.findings = findings;
  }

  /**
   * Judges what follows {@code mailto:}.
   *
   * @return whether it is one address
   */
  boolean isUsable(String rest) {
    if (rest.startsWith("//")) {
      return refuse("mailto: takes no slashes: write mailto:" + Excerpt.of(rest.substring(2)));
    }
    int end = endOfAddress(rest);
    if (end < rest.length()) {
      findings.warning(
          Findings.INTEROPERABILITY,
          path,
          "Leave out what follows the address (%s): a known sender takes it as part of the address."
              .formatted(Excerpt.of(rest.substring(end))));
    }
    var encoded = rest.substring(0, end);
    var address = decode(encoded);
    var flaw = wrongAddress(address);
    if (flaw != null) {
      return refuse(flaw);
    }
    if (!address.equals(encoded)) {
      findings.info(
          Findings.INTEROPERABILITY,
          path,
          "A known sender does not decode %s: an address without percent signs reaches more."
              .formatted(Excerpt.of(encoded)));
    }
    return true;
  }

  private boolean refuse(String message) {
    findings.error(RULE, path, message);
    return false;
  }

  private static int endOfAddress(String rest) {
    for (int at = 0; at < rest.length(); at++) {
      if (rest.charAt(at) == '?' || rest.charAt(at) == '#') {
        return at;
      }
    }
    return rest.length();
  }

  private static @Nullable String wrongAddress(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return "A mail address with an @ must follow mailto:.";
    }
    if (address.length() > LONGEST_ADDRESS) {
      return "The mail address has more than %s octets.".formatted(LONGEST_ADDRESS);
    }
    if (address.chars().anyMatch(c -> c > 0x7E)) {
      return "The mail address is not ASCII: many senders cannot write to it; use another.";
    }
    var local = address.substring(0, at);
    if (local.length() > LONGEST_LOCAL_PART || !LOCAL_PART.matcher(local).matches()) {
      return local.indexOf('@') >= 0 || local.indexOf(',') >= 0
          ? "One address per mailto: URI; write two destinations, separated by a comma."
          : "This is no mail address before the @: " + Excerpt.of(local);
    }
    return wrongDomain(address.substring(at + 1));
  }

  private static @Nullable String wrongDomain(String domain) {
    if (ADDRESS_LITERAL.matcher(domain).matches()) {
      return null;
    }
    if (domain.matches(".*![0-9]{1,18}[kmgtKMGT]?")) {
      return "A size limit such as !10m exists in DMARC only; leave it out.";
    }
    var reason = HostNames.wrongLabel(domain);
    return reason == null ? null : "The domain of the mail address " + reason;
  }

  /** Percent-decodes into one character per octet, which keeps what is not ASCII visible. */
  private static String decode(String encoded) {
    var decoded = new StringBuilder();
    for (int at = 0; at < encoded.length(); at++) {
      if (encoded.charAt(at) == '%' && Destination.isEncoded(encoded, at)) {
        decoded.append((char) Integer.parseInt(encoded.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        decoded.append(encoded.charAt(at));
      }
    }
    return decoded.toString();
  }
}
