package org.tlsrpt.collector.cli;

import java.util.List;
import java.util.stream.Stream;
import org.tlsrpt.collector.dnsrecord.CollectorRecord;
import org.tlsrpt.collector.dnsrecord.Generated;
import org.tlsrpt.collector.dnsrecord.PublicUrl;
import org.tlsrpt.collector.dnsrecord.RecordFormat;
import org.tlsrpt.collector.dnsrecord.RecordGenerator;
import picocli.CommandLine.ExitCode;

/** Writes a record for a domain. */
final class RecordWriter {

  private static final String JSON = "json";

  private final Terminal terminal;
  private final String format;
  private final int ttl;

  /**
   * Writes to a terminal.
   *
   * @param format one of {@link #formats}
   * @param ttl seconds
   */
  RecordWriter(Terminal terminal, String format, int ttl) {
    if (!formats().contains(format)) {
      throw new Misuse("--format must be one of " + String.join(", ", formats()) + ".");
    }
    this.terminal = terminal;
    this.format = format;
    this.ttl = ttl;
  }

  /** Words for the shapes of a record. */
  static List<String> formats() {
    return Stream.concat(Stream.of(RecordFormat.values()).map(RecordFormat::word), Stream.of(JSON))
        .toList();
  }

  /** Writes a record with these destinations. */
  int write(String domain, List<String> rua) {
    return answer(RecordGenerator.generate(domain, rua, ttl));
  }

  /** Writes a record that points to the collector at an address. */
  int write(String domain, PublicUrl here) {
    return answer(CollectorRecord.generate(domain, here, ttl));
  }

  private int answer(Generated generated) {
    return switch (generated) {
      case Generated.Record record -> {
        terminal.print(render(record));
        record.notes().forEach(terminal::say);
        yield ExitCode.OK;
      }
      case Generated.Refused(var field, var offending, var reason) -> {
        var given = offending.isEmpty() ? "" : " Given: " + offending;
        terminal.say("error: " + field + ": " + reason + given);
        yield ExitCode.SOFTWARE;
      }
    };
  }

  private String render(Generated.Record record) {
    return RecordFormat.parse(format)
        .map(shape -> shape.render(record))
        .orElseGet(() -> RecordJson.write(record));
  }
}
