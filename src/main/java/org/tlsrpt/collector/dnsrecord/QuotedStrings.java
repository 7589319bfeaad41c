package org.tlsrpt.collector.dnsrecord;

import java.util.Optional;

/**
 * The character-strings at the end of a line as zone files and dig write it (RFC 1035 §5.1): {@code
 * _smtp._tls 3600 IN TXT "v=TLSRPTv1; " "rua=…"}.
 */
public final class QuotedStrings {

  private final String line;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private QuotedStrings(String line, int at) {
    this.line = line;
    this.at = at;
  }

  /**
   * Joins the strings of a line and undoes their escapes.
   *
   * @return the record's text; nothing for a line without strings, or with something after them
   *     that is no comment
   */
  public static Optional<String> read(String line) {
    int first = line.indexOf('"');
    return first < 0 ? Optional.empty() : new QuotedStrings(line, first).read();
  }

  private Optional<String> read() {
    while (at < line.length() && line.charAt(at) == '"') {
      at++;
      if (!readString()) {
        return Optional.empty();
      }
      skipBlanks();
    }
    if (at < line.length() && line.charAt(at) == ')') {
      at++;
      skipBlanks();
    }
    boolean ended = at == line.length() || line.charAt(at) == ';';
    return ended ? Optional.of(text.toString()) : Optional.empty();
  }

  /** Reads up to the closing quote; whether there is one. */
  private boolean readString() {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '\\' && at < line.length()) {
        c = escaped();
      }
      text.append(c);
    }
    return false;
  }

  /** {@code \;} means the character, {@code \195} the octet of that number. */
  private char escaped() {
    if (at + 3 <= line.length() && line.substring(at, at + 3).matches("[0-9]{3}")) {
      at += 3;
      return (char) (Integer.parseInt(line.substring(at - 3, at)) & 0xFF);
    }
    return line.charAt(at++);
  }

  private void skipBlanks() {
    while (at < line.length() && RecordParser.isBlank(line.charAt(at))) {
      at++;
    }
  }
}
