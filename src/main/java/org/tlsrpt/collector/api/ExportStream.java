package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What an export is written to: the response, compressed if the client takes that. Closed only when
 * the export is whole, since what is closed looks whole.
 */
final class ExportStream extends FilterOutputStream {

  private static final int BUFFER = 16 * 1024;

  private final Sent sent;

  private ExportStream(OutputStream out, Sent sent) {
    super(out);
    this.sent = sent;
  }

  /** Writes the answer's head with it. */
  static ExportStream open(
      HttpServletRequest request, HttpServletResponse response, boolean compressible)
      throws IOException {
    var sent = new Sent(response.getOutputStream());
    if (!compressible) {
      return new ExportStream(sent, sent);
    }
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      return new ExportStream(sent, sent);
    }
    response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    return new ExportStream(new GZIPOutputStream(sent, BUFFER, true), sent);
  }

  /** Whether gzip is named without {@code q=0} (RFC 9110 §12.5.3). */
  static boolean acceptsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    for (var coding : header.split(",", -1)) {
      var parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equalsIgnoreCase("gzip") || parts[0].equalsIgnoreCase("x-gzip")) {
        return parts.length < 2 || !parts[1].matches("(?i)q=0(\\.0{0,3})?");
      }
    }
    return false;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  /** Whether writing failed because nobody listens any more. */
  boolean isAbandoned() {
    return sent.failed;
  }

  /** Tells a client that left from all else that goes wrong. */
  private static final class Sent extends FilterOutputStream {

    private boolean failed;

    Sent(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
