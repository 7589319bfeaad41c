package org.tlsrpt.collector.jar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** A delivery that the collector has begun to take and whose body is still on its way. */
final class HalfPosted implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Sent report;
  private final Socket socket;
  private final BufferedReader answers;

  private HalfPosted(Sent report, Socket socket) throws IOException {
    this.report = report;
    this.socket = socket;
    this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
  }

  /** Comes back when the collector has asked for the body and got half of it. */
  static HalfPosted begin(URI intake, Sent report) throws IOException {
    var socket = new Socket(intake.getHost(), intake.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    var posted = new HalfPosted(report, socket);
    posted.send(
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        Expect: 100-continue\r
        Content-Length: %d\r
        \r
        """
            .formatted(intake.getPath(), intake.getAuthority(), report.json().length)
            .getBytes(UTF_8));
    var go = posted.line();
    if (!go.startsWith("HTTP/1.1 100") || !posted.line().isEmpty()) {
      throw new IOException("asked for no body but answered " + go);
    }
    posted.send(Arrays.copyOf(report.json(), posted.half()));
    return posted;
  }

  Sent report() {
    return report;
  }

  /**
   * Sends the rest.
   *
   * @return the status of the answer
   */
  int finish() throws IOException {
    send(Arrays.copyOfRange(report.json(), half(), report.json().length));
    return Integer.parseInt(line().split(" ")[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int half() {
    return report.json().length / 2;
  }

  private void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private String line() throws IOException {
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the connection ended without an answer");
    }
    return line;
  }
}
