package org.tlsrpt.collector.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.tlsrpt.collector.store.Page;
import org.tlsrpt.collector.store.Position;
import org.tlsrpt.collector.store.ReportFilter;

/**
 * A page of a list.
 *
 * @param items newest first
 * @param next cursor of the page behind; {@code null} on the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ListAnswer<T>(List<T> items, @Nullable String next) {

  static <T, P extends Position> ResponseEntity<ListAnswer<T>> of(
      Page<T, P> page, ReportFilter filter) {
    var last = page.last();
    return of(page.items(), last == null ? null : Cursor.of(last, filter));
  }

  static <T> ResponseEntity<ListAnswer<T>> of(List<T> items, @Nullable String next) {
    var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
    if (next != null) {
      answer.header(HttpHeaders.LINK, "<" + linkTo(next) + ">; rel=\"next\"");
    }
    return answer.body(new ListAnswer<>(items, next));
  }

  /** Relative (RFC 8288 §3.2): whatever proxy is in front, the client resolves it rightly. */
  private static String linkTo(String cursor) {
    var next = ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("cursor", cursor);
    var link = next.build();
    return link.getPath() + "?" + link.getQuery();
  }
}
