package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The messages of a mailbox in one file (mbox): each begins with a line {@code From …} behind an
 * empty one; in a message such a line has a {@code >} before it.
 */
final class MailboxImport {

  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

  private final ImportRun run;
  private final int limit;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean tooLarge;
  private long number;

  MailboxImport(ImportRun run, ImportLimits limits) {
    this.run = run;
    this.limit = limits.body();
  }

  void read(String name, InputStream in) throws IOException {
    var lines = new InputLines(in, limit + 1);
    var blank = true;
    byte[] line;
    while ((line = lines.next()) != null) {
      if (blank && startsWith(line, 0)) {
        deliver(name);
        number++;
      } else {
        add(line);
      }
      blank = line.length == 1 || (line.length == 2 && line[0] == '\r');
    }
    deliver(name);
  }

  private void add(byte[] line) {
    if (message.size() + line.length > limit) {
      tooLarge = true;
    } else {
      var from = isQuoted(line) ? 1 : 0;
      message.write(line, from, line.length - from);
    }
  }

  private static boolean isQuoted(byte[] line) {
    var at = 0;
    while (at < line.length && line[at] == '>') {
      at++;
    }
    return at > 0 && startsWith(line, at);
  }

  private static boolean startsWith(byte[] line, int at) {
    for (var i = 0; i < FROM.length; i++) {
      if (at + i >= line.length || line[at + i] != FROM[i]) {
        return false;
      }
    }
    return true;
  }

  private void deliver(String name) throws IOException {
    if (tooLarge) {
      run.refuse(name + ":" + number, "The message is larger than one may be.");
    } else if (message.size() > 0) {
      run.found(name + ":" + number, message.toByteArray(), Origin.UNKNOWN);
    }
    message.reset();
    tooLarge = false;
  }
}
