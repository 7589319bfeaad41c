package org.tlsrpt.collector.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tlsrpt.collector.dnsrecord.RecordLint;
import org.tlsrpt.collector.dnsrecord.TlsRptRecord;
import picocli.CommandLine.ExitCode;

/** Judges the TXT records of a name as senders do. */
final class RecordJudge {

  private static final String STANDARD_INPUT = "-";

  /** A DNS answer holds 64 kB; the lint says of more that it is too much. */
  private static final int MOST_INPUT = 1024 * 1024;

  private final Terminal terminal;

  RecordJudge(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Says what is to be said and writes the record that senders take, in canonical form.
   *
   * @param texts one for each TXT record; {@code -} stands for the lines of standard input
   */
  int judge(List<String> texts) throws IOException {
    var result = RecordLint.lint(records(texts));
    result.findings().forEach(terminal::say);
    if (!result.valid()) {
      terminal.say("Not valid.");
      return ExitCode.SOFTWARE;
    }
    terminal.print(new TlsRptRecord(result.rua(), result.extensions()).toText());
    terminal.say("Valid.");
    return ExitCode.OK;
  }

  private List<String> records(List<String> texts) throws IOException {
    var records = new ArrayList<String>();
    for (var text : texts) {
      if (text.equals(STANDARD_INPUT)) {
        records.addAll(lines(terminal.read(MOST_INPUT)));
      } else {
        records.add(text);
      }
    }
    return records;
  }

  /** Input as long as this may have been cut: it is one text, too long for the lint. */
  private static List<String> lines(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    return input.length == MOST_INPUT
        ? List.of(text)
        : text.lines().filter(line -> !line.isBlank()).toList();
  }
}
