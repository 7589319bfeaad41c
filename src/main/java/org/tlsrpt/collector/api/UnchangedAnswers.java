package org.tlsrpt.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells whoever polls for a page or a sum that it is what they have already (RFC 9110 §13): an
 * ETag, and 304 without a body to those who give it back. Streams are left alone: nobody holds
 * enough of them to know.
 */
@RestControllerAdvice
final class UnchangedAnswers implements ResponseBodyAdvice<Object> {

  /** Kept by the one who asked, and never shown again without asking. */
  private static final String ASK_AGAIN = "no-cache, private";

  private static final int TAG_BYTES = 16;

  private final JsonMapper json;

  UnchangedAnswers(JsonMapper json) {
    this.json = json;
  }

  /**
   * Sends the tag of an answer, and 304 if the client has it.
   *
   * @param tag opaque, in quotes
   * @return whether there is nothing more to write
   */
  static boolean isKnown(HttpServletRequest request, HttpServletResponse response, String tag) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
    return new ServletWebRequest(request, response).checkNotModified(tag);
  }

  /** The tag of something that is written as JSON; weak, because other bytes may say the same. */
  static String tag(JsonMapper json, Object content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(content));
      return "W/\"" + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean supports(
      MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter method,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    return (body instanceof ListAnswer<?> || body instanceof SummaryAnswer)
            && request instanceof ServletServerHttpRequest asked
            && response instanceof ServletServerHttpResponse answered
            && isKnown(asked.getServletRequest(), answered.getServletResponse(), tag(json, body))
        ? null
        : body;
  }
}
