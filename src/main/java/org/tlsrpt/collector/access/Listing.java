package org.tlsrpt.collector.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A page of a list.
 *
 * @param items in the order of the list
 * @param next cursor of the page behind; {@code null} on the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Listing<T>(List<T> items, @Nullable String next) {

  private static final int LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1_000;

  private static final Set<String> KNOWN = Set.of("limit", "cursor");

  /**
   * What a call for a list asks for.
   *
   * @param limit items at most
   * @param cursor as given; {@code null} for the first page
   */
  record Request(int limit, @Nullable String cursor) {

    static Request of(HttpServletRequest request) {
      refuseUnknown(request, KNOWN);
      return new Request(limit(one(request, "limit")), one(request, "cursor"));
    }

    private static int limit(@Nullable String text) {
      try {
        var limit = text == null ? LIMIT : Integer.parseInt(text);
        if (limit >= 1 && limit <= HIGHEST_LIMIT) {
          return limit;
        }
      } catch (NumberFormatException e) {
        // answered below, like a number out of range
      }
      throw AccessProblem.parameter("limit", "must be a whole number from 1 to 1000.");
    }

    private static @Nullable String one(HttpServletRequest request, String name) {
      var values = request.getParameterValues(name);
      if (values != null && values.length > 1) {
        throw AccessProblem.parameter(name, "may be given once.");
      }
      return values == null ? null : values[0];
    }
  }

  /** A call without query parameters. */
  static void refuseParameters(HttpServletRequest request) {
    refuseUnknown(request, Set.of());
  }

  private static void refuseUnknown(HttpServletRequest request, Set<String> known) {
    for (var name : request.getParameterMap().keySet()) {
      if (!known.contains(name)) {
        throw AccessProblem.parameter(Wanted.excerpt(name), "is not known here.");
      }
    }
  }

  static AccessProblem wrongCursor() {
    return AccessProblem.parameter("cursor", "is not one of this list; begin without it.");
  }

  /**
   * Answers with a page.
   *
   * @param found one item more than asked for, if there are so many
   * @param cursor of an item
   */
  static <T> ResponseEntity<Listing<T>> of(
      HttpServletRequest request, Request asked, List<T> found, Function<T, String> cursor) {
    var items = found.subList(0, Math.min(asked.limit(), found.size()));
    var next = found.size() > asked.limit() ? cursor.apply(items.getLast()) : null;
    var answer =
        ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (next != null) {
      answer.header(
          HttpHeaders.LINK,
          "<%s?limit=%s&cursor=%s>; rel=\"next\""
              .formatted(
                  request.getRequestURI(),
                  asked.limit(),
                  URLEncoder.encode(next, StandardCharsets.UTF_8)));
    }
    return answer.body(new Listing<>(items, next));
  }
}
