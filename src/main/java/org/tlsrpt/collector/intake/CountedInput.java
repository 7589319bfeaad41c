package org.tlsrpt.collector.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells an import how much of its input was read, and a stream that broke from one that is odd. */
final class CountedInput extends FilterInputStream {

  private final ImportRun run;
  private boolean broken;

  CountedInput(InputStream in, ImportRun run) {
    super(in);
    this.run = run;
  }

  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      var read = super.read(bytes, from, length);
      if (read > 0) {
        run.read(read);
      }
      return read;
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }
}
