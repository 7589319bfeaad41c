package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 with the two bounds that it lacks: connections of one address, and the time for
 * a whole request head. Tomcat's own time-outs are per read: with a byte now and then the few
 * connections there are could be held for ever. Public since Tomcat makes it by its name.
 */
public final class BoundedHttp11 extends Http11NioProtocol {

  private Duration headTimeout = Duration.ofSeconds(10);

  /** Without bounds, until they are set. */
  public BoundedHttp11() {
    super(new BoundedEndpoint());
  }

  /** Sets the bounds, before the first connection. */
  void bound(Duration headTimeout, ConnectionsPerAddress connections) {
    this.headTimeout = headTimeout;
    ((BoundedEndpoint) getEndpoint()).shares = connections;
  }

  @Override
  protected Processor createProcessor() {
    return new PunctualProcessor(this, getAdapter(), headTimeout);
  }

  private static final class BoundedEndpoint extends NioEndpoint {

    private ConnectionsPerAddress shares = ConnectionsPerAddress.unbounded();

    /** Called by the one thread that accepts. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
      if (shares.admit(socket)) {
        return super.setSocketOptions(socket);
      }
      destroySocket(socket);
      return false;
    }
  }

  private static final class PunctualProcessor extends Http11Processor {

    private final long headTimeout;
    private boolean inHead;
    private long headBegun;

    PunctualProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, Duration headTimeout) {
      super(protocol, adapter);
      this.headTimeout = headTimeout.toNanos();
    }

    /** Called whenever bytes of a head have come. Without bytes the time-out of a read does it. */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
      if (!inHead) {
        headBegun = System.nanoTime();
      }
      var state = super.service(socket);
      inHead = state == SocketState.LONG && !isAsync();
      if (inHead && System.nanoTime() - headBegun > headTimeout) {
        inHead = false;
        return SocketState.CLOSED;
      }
      return state;
    }
  }
}
