package org.tlsrpt.collector.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that says what no HTTP client would, or stops in the middle of it. */
public final class RawHttp implements AutoCloseable {

  /** To wait for more; whoever needs it all was left hanging. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket = new Socket();

  private RawHttp() {}

  /** Connects from the loopback address. */
  public static RawHttp connect(int port) throws IOException {
    return connect(port, "127.0.0.1");
  }

  /**
   * Connects from an address of 127.0.0.0/8, so that one machine can be several sources.
   *
   * @param source of the connection
   */
  public static RawHttp connect(int port, String source) throws IOException {
    var connection = new RawHttp();
    connection.socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
    connection.socket.setSoTimeout((int) PATIENCE.toMillis());
    connection.socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
    return connection;
  }

  public RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends characters below U+0100 as the bytes of their numbers. */
  public RawHttp send(String bytes) throws IOException {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says that nothing more will come, and still listens. */
  public RawHttp finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /**
   * What comes until the other side ends the connection, in good order or not.
   *
   * @throws AssertionError if it does not
   */
  public String readToEnd() {
    var received = new ByteArrayOutputStream();
    var piece = new byte[4096];
    try {
      int length;
      while ((length = socket.getInputStream().read(piece)) >= 0) {
        received.write(piece, 0, length);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The connection hangs after: " + text(received), e);
    } catch (IOException e) {
      // Reset: an end as well.
    }
    return text(received);
  }

  /** The status of an answer that was read; 0 if there was none. */
  public static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer, 9, 12, 10) : 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
