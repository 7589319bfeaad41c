package org.tlsrpt.collector.dnsrecord;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the text of one record after the grammar of RFC 8460 §3, going on after each error. */
final class RecordParser {

  private static final String RUA = "rua=";

  private final String text;
  private final String place;
  private final Findings findings;
  private final List<String> rua = new ArrayList<>();
  private final Map<String, String> extensions = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private int ruaFields;
  private boolean deliverable;

  private RecordParser(String text, String place, Findings findings) {
    this.text = text;
    this.place = place;
    this.findings = findings;
  }

  /**
   * Reads a record.
   *
   * @param text begins with {@code v=TLSRPTv1;}
   * @param place names the record in the findings
   * @return what could be read of it, whatever the findings
   */
  static TlsRptRecord parse(String text, String place, Findings findings) {
    return new RecordParser(text, place, findings).parse();
  }

  private TlsRptRecord parse() {
    int start = TlsRptRecord.PREFIX.length();
    int number = 1;
    for (int end = text.indexOf(';', start); end >= 0; end = text.indexOf(';', start)) {
      field(start, end, number++);
      start = end + 1;
    }
    lastField(start, number);
    judgeRua();
    return new TlsRptRecord(rua, extensions);
  }

  /** The text after the last semicolon: nothing (one may stand at the end) or the last field. */
  private void lastField(int start, int number) {
    int from = skipBlanks(start, text.length());
    int end = skipBlanksBack(start, text.length());
    if (from == text.length()) {
      return;
    }
    field(start, text.length(), number);
    if (end < text.length()) {
      error(end, "White space at the end is allowed after a semicolon only: remove it.");
    }
  }

  private void field(int start, int end, int number) {
    int from = skipBlanks(start, end);
    int to = skipBlanksBack(from, end);
    if (from == to) {
      error(start, "There is nothing between two semicolons: remove one of them.");
    } else if (text.startsWith(RUA, from)) {
      ruaField(from + RUA.length(), to, number);
    } else {
      new ExtensionField(text, from, to, place, findings).read(ruaFields > 0, extensions);
    }
  }

  private void ruaField(int from, int to, int number) {
    ruaFields++;
    if (ruaFields > 1) {
      warning(from, "Put all destinations into one rua: a known sender reads the first rua only.");
    } else if (number > 1) {
      warning(from, "Put rua right after the version: a known sender looks for it only there.");
    }
    if (from < to && isBlank(text.charAt(from))) {
      error(from, "White space after rua= is not allowed: remove it.");
    }
    boolean spaced = false;
    int start = from;
    while (start <= to) {
      int comma = text.indexOf(',', start, to);
      int end = comma < 0 ? to : comma;
      spaced |= destination(start, end) && !(start == from && end == to);
      start = end + 1;
    }
    if (spaced) {
      warning(from, "Leave out the space around commas: a known sender does not trim it.");
    }
  }

  /** Reads one URI of the list; whether blanks stood around it. */
  private boolean destination(int start, int end) {
    int from = skipBlanks(start, end);
    int to = skipBlanksBack(from, end);
    if (from == to) {
      error(start, "A destination is missing here: name one or remove the comma.");
      return false;
    }
    var uri = text.substring(from, to);
    var path = "rua[" + rua.size() + "]";
    rua.add(uri);
    deliverable |= Destination.judge(uri, path, findings);
    if (!seen.add(uri)) {
      findings.warning(
          Findings.RECORD, path, "The same destination stands here twice: remove one.");
    }
    return from > start || to < end;
  }

  private void judgeRua() {
    if (ruaFields == 0) {
      error(text.length(), "The record has no rua= and so no destination: add rua=….");
    } else if (!deliverable && !findings.hasErrors()) {
      findings.error(
          Findings.RECORD,
          "rua",
          "There is no usable destination: name at least one mailto: or https: URI.");
    }
  }

  private int skipBlanks(int from, int end) {
    int at = from;
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipBlanksBack(int from, int end) {
    int at = end;
    while (at > from && isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** The grammar's WSP: space and TAB, no other. */
  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void error(int at, String message) {
    findings.error(Findings.RECORD, place + ":" + at, message);
  }

  private void warning(int at, String message) {
    findings.warning(Findings.INTEROPERABILITY, place + ":" + at, message);
  }
}
