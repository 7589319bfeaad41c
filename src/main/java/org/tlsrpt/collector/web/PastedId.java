package org.tlsrpt.collector.web;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Ids as they stand in addresses of pages. */
final class PastedId {

  private PastedId() {}

  /** An id in its one text form; for any other text there is no page. */
  static UUID parse(String text) {
    try {
      var id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // answered below, like a form that Java alone would take
    }
    throw unknown();
  }

  static ResponseStatusException unknown() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
