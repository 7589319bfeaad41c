package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A policy domain as somebody typed it (RFC 8460 §1.1): brought into the form DNS uses. */
sealed interface PolicyDomain {

  /** 253 octets of a name in text form, less {@code _smtp._tls.} */
  int LONGEST = 242;

  /**
   * A domain for which a record can be published.
   *
   * @param name A-labels, lower-case, no final dot
   * @param notes what was changed
   */
  record Named(String name, List<Finding> notes) implements PolicyDomain {}

  /**
   * No such domain.
   *
   * @param reason what is wrong and what to do
   */
  record Unusable(String reason) implements PolicyDomain {}

  /** Reads what was typed; U-labels become A-labels (RFC 8460 §4.4 wants these in reports too). */
  static PolicyDomain read(String typed) {
    var text = typed.strip();
    var reason = unlikeDomain(text);
    if (reason != null) {
      return new Unusable(reason);
    }
    var notes = new ArrayList<Finding>();
    var ascii = HostNames.toAscii(text);
    if (ascii == null) {
      return new Unusable(HostNames.NOT_CONVERTIBLE);
    }
    var name = withoutOwner(ascii.toLowerCase(Locale.ROOT), notes);
    if (!ascii.equals(text)) {
      notes.add(note("The domain is written in its A-label form, " + Excerpt.of(name) + "."));
    }
    reason = wrongName(name);
    return reason == null ? new Named(name, List.copyOf(notes)) : new Unusable(reason);
  }

  private static @Nullable String unlikeDomain(String text) {
    if (text.isEmpty()) {
      return "The domain is missing.";
    }
    if (text.length() > 4 * LONGEST) {
      return tooLong(text);
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      return "The domain contains a control character; type it again.";
    }
    if (text.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
      return "The domain contains a blank; give one domain.";
    }
    return unlikeDomainByMark(text);
  }

  private static @Nullable String unlikeDomainByMark(String text) {
    if (text.indexOf('*') >= 0) {
      return "A wildcard cannot carry a record: senders ask for the exact domain. Publish one"
          + " record for each domain that receives mail.";
    }
    if (text.indexOf('@') >= 0) {
      return "This is a mail address; give only the domain after the @.";
    }
    if (text.indexOf('/') >= 0) {
      return "This is a URL or path; give only the domain.";
    }
    if (text.indexOf(':') >= 0 || text.indexOf('[') >= 0) {
      return "This is an IP address or names a port; give the domain that receives mail.";
    }
    return null;
  }

  private static String withoutOwner(String ascii, List<Finding> notes) {
    var name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    if (!(name + ".").startsWith(TlsRptRecord.OWNER)) {
      return name;
    }
    notes.add(note("The prefix _smtp._tls. was left out of the domain: it is added to the name."));
    return (name + ".").substring(TlsRptRecord.OWNER.length()).replaceFirst("\\.$", "");
  }

  private static @Nullable String wrongName(String name) {
    if (name.length() > LONGEST) {
      return tooLong(name);
    }
    var reason = HostNames.wrongLabel(name);
    if (reason != null) {
      return "The domain " + reason;
    }
    if (name.indexOf('_') >= 0) {
      return "The domain contains an underscore, which no mail domain does: leave out labels such"
          + " as _tls or _dmarc.";
    }
    return HostNames.isNumeric(name)
        ? "This is an IP address; a record belongs to a domain that receives mail."
        : null;
  }

  private static String tooLong(String name) {
    return "The domain has %s octets; with _smtp._tls. in front at most %s fit into a DNS name."
        .formatted(name.length(), LONGEST);
  }

  private static Finding note(String message) {
    return new Finding(Severity.INFO, Findings.RECORD, "domain", message);
  }
}
