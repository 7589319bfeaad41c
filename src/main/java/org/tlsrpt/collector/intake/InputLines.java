package org.tlsrpt.collector.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, none of them longer in memory than it may be. */
final class InputLines {

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;
  private boolean cut;

  InputLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line with its line end; {@code null} at the end of the stream. */
  byte @Nullable [] next() throws IOException {
    cut = false;
    var line = new ByteArrayOutputStream(256);
    var any = false;
    while (at < end || fill()) {
      any = true;
      var from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      var ended = at < end;
      at += ended ? 1 : 0;
      take(line, from);
      if (ended) {
        break;
      }
    }
    return any ? line.toByteArray() : null;
  }

  /** Whether the last line was longer than the limit, and what was beyond is lost. */
  boolean wasCut() {
    return cut;
  }

  private void take(ByteArrayOutputStream line, int from) {
    var room = Math.min(at - from, limit - line.size());
    line.write(buffer, from, room);
    cut |= room < at - from;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
