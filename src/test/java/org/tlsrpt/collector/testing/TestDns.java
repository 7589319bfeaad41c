package org.tlsrpt.collector.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/**
 * A resolver on a free port of loopback that knows a zone and misbehaves as it is told; UDP, with
 * truncation, and TCP.
 */
public final class TestDns implements AutoCloseable {

  private static final int PLAIN_UDP = 512;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final TestZone zone = new TestZone();
  private final List<String> queries = new CopyOnWriteArrayList<>();

  private TestDns(DatagramSocket udp, ServerSocket tcp) {
    this.udp = udp;
    this.tcp = tcp;
  }

  /** Starts one. */
  public static TestDns start() {
    for (int tries = 0; ; tries++) {
      try {
        var loopback = InetAddress.getLoopbackAddress();
        var tcp = new ServerSocket(0, 50, loopback);
        try {
          var dns = new TestDns(new DatagramSocket(tcp.getLocalPort(), loopback), tcp);
          Thread.ofVirtual().start(dns::serveUdp);
          Thread.ofVirtual().start(dns::serveTcp);
          return dns;
        } catch (SocketException taken) {
          tcp.close();
          if (tries == 20) {
            throw taken;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Address and port, as {@code tlsrpt.dns.resolvers} takes them. */
  public String address() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  public int port() {
    return tcp.getLocalPort();
  }

  /** What it knows. */
  public TestZone zone() {
    return zone;
  }

  /** What it was asked, {@code udp TXT _smtp._tls.example.com.}, in order. */
  public List<String> queries() {
    return List.copyOf(queries);
  }

  private void serveUdp() {
    var bytes = new byte[65_535];
    while (!udp.isClosed()) {
      try {
        var packet = new DatagramPacket(bytes, bytes.length);
        udp.receive(packet);
        var query = new Message(Arrays.copyOf(bytes, packet.getLength()));
        var from = packet.getSocketAddress();
        Thread.ofVirtual().start(() -> answerUdp(query, from));
      } catch (IOException e) {
        // closed, or no DNS
      }
    }
  }

  private void answerUdp(Message query, SocketAddress from) {
    note("udp", query);
    zone.answer(query)
        .ifPresent(
            answer -> {
              var opt = query.getOPT();
              var most = opt == null ? PLAIN_UDP : Math.max(PLAIN_UDP, opt.getPayloadSize());
              var wire = answer.toWire(most);
              try {
                udp.send(new DatagramPacket(wire, wire.length, from));
              } catch (IOException e) {
                // closed
              }
            });
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        var socket = tcp.accept();
        Thread.ofVirtual().start(() -> answerTcp(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void answerTcp(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        var query = new Message(in.readNBytes(in.readUnsignedShort()));
        note("tcp", query);
        var answer = zone.answer(query);
        if (answer.isEmpty()) {
          return;
        }
        var wire = answer.get().toWire(65_535);
        out.writeShort(wire.length);
        out.write(wire);
        out.flush();
      }
    } catch (IOException e) {
      // the other side has enough
    }
  }

  private void note(String transport, Message query) {
    var question = query.getQuestion();
    queries.add(transport + " " + Type.string(question.getType()) + " " + question.getName());
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
