package org.tlsrpt.collector.dnsrecord;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One HTTPS request to a host whose addresses are given and looked up by nobody again; no redirect,
 * proxy, cookie, retry or compression, and an end after a deadline, whatever the server does.
 */
final class PinnedHttps {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final String AGENT = "tlsrpt-collector";

  /** The library itself reads a header without end until memory is full. */
  private static final Http1Config BOUNDED =
      Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();

  private final SSLContext tls;
  private final HostnameVerifier names;

  /**
   * Takes what is believed of a server.
   *
   * @param tls whom to trust
   * @param names which certificates are for which hosts
   */
  PinnedHttps(SSLContext tls, HostnameVerifier names) {
    this.tls = tls;
    this.names = names;
  }

  /**
   * Told how far a request came.
   *
   * @param connected TCP is there
   * @param secured TLS is there
   */
  record Progress(Runnable connected, Consumer<SSLSession> secured) {

    /** Nobody looks. */
    static final Progress UNWATCHED = new Progress(() -> {}, session -> {});
  }

  /**
   * What came back.
   *
   * @param whole whether the body ended within the limit
   */
  record Answer(
      int status,
      @Nullable String type,
      @Nullable String encoding,
      @Nullable String location,
      byte[] body,
      boolean whole) {}

  /**
   * Sends a request.
   *
   * @param request names the host, by which the certificate is judged
   * @param addresses of that host; tried in order
   * @param most octets of the body to read
   * @throws IOException if there is no answer, or not in time
   */
  Answer send(
      HttpUriRequestBase request,
      List<InetAddress> addresses,
      int most,
      Deadline deadline,
      Progress progress)
      throws IOException {
    var guard =
        CompletableFuture.runAsync(
            request::cancel,
            CompletableFuture.delayedExecutor(
                deadline.left().toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread));
    try (var client = client(addresses, deadline, progress)) {
      var response = client.executeOpen(host(request), request, null);
      try {
        return read(response, most);
      } finally {
        // Closing politely would read the rest first.
        request.cancel();
        response.close();
      }
    } catch (IOException | RuntimeException e) {
      throw deadline.hasPassed() ? new SocketTimeoutException("timed out") : asIo(e);
    } finally {
      guard.cancel(false);
    }
  }

  /** What a server sends may trip a library over; here that is no surprise. */
  private static IOException asIo(Exception failure) {
    return failure instanceof IOException io ? io : new IOException("The answer is odd", failure);
  }

  private CloseableHttpClient client(
      List<InetAddress> addresses, Deadline deadline, Progress progress) {
    var left = Timeout.of(deadline.left());
    var connect = Timeout.of(deadline.within(CONNECT).left());
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDED).build())
            .setDnsResolver(new Given(addresses))
            .setTlsSocketStrategy(strategy(addresses, progress))
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(left).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(connect).setSocketTimeout(left).build())
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(left).build())
        .setUserAgent(AGENT)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** Checks the peer of the very socket, then makes it TLS. */
  TlsSocketStrategy strategy(List<InetAddress> addresses, Progress progress) {
    var upgrade = new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.CLIENT, names);
    return (socket, host, port, attachment, context) -> {
      if (!addresses.contains(socket.getInetAddress())) {
        throw new IOException("The connection leads to another address than the one allowed.");
      }
      progress.connected().run();
      var secured = upgrade.upgrade(socket, host, port, attachment, context);
      progress.secured().accept(secured.getSession());
      return secured;
    };
  }

  private static HttpHost host(HttpUriRequestBase request) {
    return new HttpHost(
        request.getScheme(),
        request.getAuthority().getHostName(),
        request.getAuthority().getPort());
  }

  private static Answer read(ClassicHttpResponse response, int most) throws IOException {
    var entity = response.getEntity();
    var body = entity == null ? new byte[0] : first(entity.getContent(), most + 1);
    return new Answer(
        response.getCode(),
        entity == null ? null : entity.getContentType(),
        entity == null ? null : entity.getContentEncoding(),
        value(response.getFirstHeader("Location")),
        body,
        body.length <= most);
  }

  private static byte[] first(@Nullable InputStream in, int most) throws IOException {
    return in == null ? new byte[0] : in.readNBytes(most);
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  /** Answers what it was given, whatever it is asked. */
  private record Given(List<InetAddress> addresses) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host);
      }
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
