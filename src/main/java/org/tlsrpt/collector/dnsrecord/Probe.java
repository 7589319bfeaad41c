package org.tlsrpt.collector.dnsrecord;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of reports that went to this collector the way a sender's do, and were marked so that
 * it would not store them.
 */
public sealed interface Probe {

  /** Whether a sender's report would have arrived at every address. */
  boolean ok();

  /**
   * None was sent.
   *
   * @param reason why, and what to do
   */
  record NotSent(String reason) implements Probe {

    @Override
    public boolean ok() {
      return false;
    }
  }

  /**
   * One went to each address of the host.
   *
   * @param url where to
   * @param attempts IPv6 and IPv4 addresses, eight at most
   * @param remarks what else to know: no address of one family, addresses left out
   */
  record Sent(String url, List<Attempt> attempts, List<String> remarks) implements Probe {

    /** Copies the lists, so that the probe does not change afterwards. */
    public Sent {
      attempts = List.copyOf(attempts);
      remarks = List.copyOf(remarks);
    }

    @Override
    public boolean ok() {
      return !attempts.isEmpty() && attempts.stream().allMatch(Attempt::ok);
    }
  }

  /**
   * The way to one address. A step that was not reached is null.
   *
   * @param address in text form
   * @param connect TCP
   * @param tls the handshake; null too if TCP failed
   * @param post the report; null too if the handshake failed
   */
  record Attempt(String address, Connect connect, @Nullable Tls tls, @Nullable Post post) {

    /** Whether all three steps went well. */
    public boolean ok() {
      return connect.problem() == null
          && tls != null
          && tls.problems().isEmpty()
          && post != null
          && post.problem() == null;
    }
  }

  /**
   * TCP.
   *
   * @param ms how long it took
   * @param problem what is wrong and what to do, or null
   */
  record Connect(long ms, @Nullable String problem) {}

  /**
   * TLS. What the certificate says is null if none was seen.
   *
   * @param ms how long it took
   * @param protocol {@code TLSv1.3}
   * @param trusted whether the chain leads to a root this machine trusts
   * @param nameMatches whether the certificate is for the host
   * @param issuer who signed the certificate
   * @param notAfter the end of its validity
   * @param daysLeft until then, rounded down; negative afterwards
   * @param problems what is wrong and what to do; the certificate's do not end the attempt, since
   *     senders may look past them (RFC 8460 §3)
   */
  record Tls(
      long ms,
      @Nullable String protocol,
      @Nullable Boolean trusted,
      @Nullable Boolean nameMatches,
      @Nullable String issuer,
      @Nullable Instant notAfter,
      @Nullable Long daysLeft,
      List<String> problems) {

    /** Copies the list, so that it does not change afterwards. */
    public Tls {
      problems = List.copyOf(problems);
    }
  }

  /**
   * HTTP.
   *
   * @param ms from the request to the end of the answer
   * @param status of the answer; null if there was none
   * @param problem what is wrong and what to do, or null
   */
  record Post(long ms, @Nullable Integer status, @Nullable String problem) {}
}
