package org.tlsrpt.collector.intake;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Ends deliveries without an answer: over HTTP/1.1 the connection closes, over HTTP/2 the stream is
 * reset. The Servlet API cannot, and no status can replace it: the uploader used with Postfix takes
 * every status as delivered.
 */
@Component
public class DroppedConnections
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final String DROP = DroppedConnections.class.getName();

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    // In the context: further out Tomcat would have answered a time-out with 408 already.
    factory.addContextValves(new DropValve());
  }

  /**
   * Lets a request end without an answer, or in the middle of one that cannot be finished: no
   * client takes it for a whole one.
   *
   * @param request nothing may be written to its response any more
   */
  public static void drop(HttpServletRequest request) {
    request.setAttribute(DROP, true);
  }

  private static final class DropValve extends ValveBase {

    DropValve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (request.getAttribute(DROP) != null) {
        endWithoutAnswer(request, response);
      }
    }

    /**
     * CLOSE_NOW alone ends HTTP/1.1. Over HTTP/2 Tomcat would still send the head of a 500 before
     * it resets the stream: so the response is closed to what Tomcat adds, and the head counts as
     * sent.
     */
    private static void endWithoutAnswer(Request request, Response response) {
      response.setSuspended(true);
      response.getCoyoteResponse().setCommitted(true);
      request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    }
  }
}
