package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Takes TLS connections and does with them what a test tells it to. */
public final class TlsServer implements AutoCloseable {

  private final SSLServerSocket door;
  private final Conversation conversation;
  private final AtomicInteger connections = new AtomicInteger();

  private TlsServer(SSLServerSocket door, Conversation conversation) {
    this.door = door;
    this.conversation = conversation;
  }

  /** What happens on one connection; it is closed afterwards. */
  public interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  /**
   * Starts one.
   *
   * @param address of loopback: {@code 127.0.0.2}, {@code ::1}
   * @param port 0 for a free one
   */
  public static TlsServer start(
      SSLContext tls, String address, int port, Conversation conversation) {
    try {
      var door =
          (SSLServerSocket)
              tls.getServerSocketFactory()
                  .createServerSocket(port, 50, InetAddress.ofLiteral(address));
      var server = new TlsServer(door, conversation);
      Thread.ofVirtual().start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a request's head, then writes this and closes. */
  public static Conversation saying(String answer) {
    return socket -> {
      readHead(socket.getInputStream());
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    };
  }

  /** Passes everything to a port of loopback and back, as a proxy does. */
  public static Conversation passingTo(int port) {
    return socket -> {
      try (var inner = new Socket(InetAddress.getLoopbackAddress(), port)) {
        var up =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        socket.getInputStream().transferTo(inner.getOutputStream());
                        inner.shutdownOutput();
                      } catch (IOException e) {
                        // one side has ended
                      }
                    });
        inner.getInputStream().transferTo(socket.getOutputStream());
        up.interrupt();
      }
    };
  }

  public int port() {
    return door.getLocalPort();
  }

  /** How many came, whether their handshake went well or not. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var socket = door.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> hold(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void hold(Socket socket) {
    try (socket) {
      conversation.hold(socket);
    } catch (IOException e) {
      // the other side has ended
    }
  }

  private static void readHead(InputStream in) throws IOException {
    var last = 0;
    int each;
    while (last != 0x0D0A0D0A && (each = in.read()) >= 0) {
      last = last << 8 | each;
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
