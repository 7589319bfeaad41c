package org.tlsrpt.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between the collector and its database, and fails as networks do. */
public final class FaultProxy implements AutoCloseable {

  private enum State {
    PASSING,
    CUT,
    STALLED,
    /** The next COMMIT reaches the database, and its answer nobody. */
    CUT_AT_COMMIT
  }

  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.PASSING;
  private volatile Duration delay = Duration.ZERO;

  public FaultProxy(String host, int port) throws IOException {
    target = new InetSocketAddress(host, port);
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Everything flows again; new connections are taken. */
  public void pass() {
    delay = Duration.ZERO;
    become(State.PASSING);
  }

  /** Every reply of the database comes so much later. */
  public void delay(Duration each) {
    delay = each;
  }

  /** The connection with the next COMMIT breaks when the database has answered it. */
  public void cutAtCommit() {
    become(State.CUT_AT_COMMIT);
  }

  /** Connections break, new ones are closed at once. */
  public void cut() {
    become(State.CUT);
    sockets.forEach(FaultProxy::close);
  }

  /** Connections stay open and nothing moves any more. */
  public void stall() {
    become(State.STALLED);
  }

  @Override
  public void close() {
    cut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether bytes may flow, once that is known. */
  private boolean passes() {
    lock.lock();
    try {
      while (state == State.STALLED) {
        changed.awaitUninterruptibly();
      }
      return state != State.CUT;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        if (passes()) {
          join(client);
        } else {
          close(client);
        }
      } catch (IOException e) {
        // the door is closed, or the target is; the client sees a broken connection
      }
    }
  }

  private void join(Socket client) throws IOException {
    var server = new Socket();
    sockets.add(client);
    sockets.add(server);
    try {
      server.connect(target);
    } catch (IOException e) {
      close(client);
      throw e;
    }
    Thread.ofVirtual().start(() -> copy(client, server, _ -> {}));
    Thread.ofVirtual().start(() -> copy(server, client, this::look));
  }

  private void look(String reply) throws IOException {
    LockSupport.parkNanos(delay.toNanos());
    lock.lock();
    try {
      if (state == State.CUT_AT_COMMIT && reply.contains("COMMIT")) {
        state = State.PASSING;
        throw new IOException("cut");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks at bytes before they are passed on. */
  private interface Look {
    void at(String bytes) throws IOException;
  }

  private void copy(Socket from, Socket to, Look look) {
    var buffer = new byte[16 * 1024];
    try (from;
        to) {
      int length;
      while ((length = from.getInputStream().read(buffer)) >= 0 && passes()) {
        look.at(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // one side is gone; closing both is what a network does
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
