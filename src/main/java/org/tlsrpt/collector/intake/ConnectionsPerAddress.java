package org.tlsrpt.collector.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the open connections of each source, an IPv4 address or an IPv6 /64. Whether one is still
 * open is asked of the connection itself, so that no end of it can be missed. For one thread.
 */
final class ConnectionsPerAddress {

  private static final Logger log = LoggerFactory.getLogger(ConnectionsPerAddress.class);

  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** Connections remembered before closed ones are looked for everywhere. */
  private static final int SWEEP = 4_096;

  private final int most;
  private final Map<String, List<SocketChannel>> open = new HashMap<>();
  private final Cache<String, Boolean> warned =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(SILENCE).build();
  private int remembered;

  /**
   * Makes a count.
   *
   * @param most connections of one source at a time, at least 1
   */
  ConnectionsPerAddress(int most) {
    this.most = most;
  }

  static ConnectionsPerAddress unbounded() {
    return new ConnectionsPerAddress(Integer.MAX_VALUE);
  }

  /** Whether its source may have one more. */
  boolean admit(SocketChannel connection) {
    var source = sourceOf(connection);
    if (most == Integer.MAX_VALUE || source == null) {
      return true;
    }
    if (remembered >= SWEEP) {
      sweep();
    }
    var ofSource = open.computeIfAbsent(source, name -> new ArrayList<>());
    if (ofSource.size() >= most) {
      forgetClosed(ofSource);
    }
    if (ofSource.size() >= most) {
      warn(source);
      return false;
    }
    ofSource.add(connection);
    remembered++;
    return true;
  }

  private void sweep() {
    open.values().forEach(this::forgetClosed);
    open.values().removeIf(List::isEmpty);
  }

  private void forgetClosed(List<SocketChannel> connections) {
    var before = connections.size();
    connections.removeIf(connection -> !connection.isOpen());
    remembered -= before - connections.size();
  }

  private static @Nullable String sourceOf(SocketChannel connection) {
    try {
      return connection.getRemoteAddress() instanceof InetSocketAddress peer
          ? Sources.nameOf(peer.getAddress().getHostAddress())
          : null;
    } catch (IOException e) {
      return null; // closed already
    }
  }

  private void warn(String source) {
    if (warned.asMap().putIfAbsent(source, true) == null) {
      log.warn("{} has {} connections open; its next ones are closed for a while", source, most);
    }
  }
}
