package org.tlsrpt.collector.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.tlsrpt.collector.testing.Http;

/** What a browser gets, and what it makes of it. */
record Page(Http.Answer answer, Document html) {

  static Page of(Http.Answer answer) {
    return new Page(answer, Jsoup.parse(answer.text()));
  }

  /** Sends a form of names and values, as a browser without JavaScript does. */
  static Page post(Http http, String path, String... fields) {
    return of(http.post(path, form(fields), "Content-Type", "application/x-www-form-urlencoded"));
  }

  /** Sends it as htmx does. */
  static Page postLive(Http http, String path, String... fields) {
    return of(
        http.post(
            path,
            form(fields),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "HX-Request",
            "true"));
  }

  static String form(String... fields) {
    var form = new StringBuilder();
    for (int at = 0; at < fields.length; at += 2) {
      form.append(at == 0 ? "" : "&")
          .append(fields[at])
          .append('=')
          .append(encoded(fields[at + 1]));
    }
    return form.toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  int status() {
    return answer.status();
  }

  /** The text of all elements that match. */
  String text(String css) {
    return html.select(css).text();
  }

  /** The text of the one element that matches, blanks as they are. */
  String exactly(String css) {
    return html.select(css).first().wholeText();
  }

  String value(String css) {
    return html.select(css).first().val();
  }

  boolean has(String css) {
    return !html.select(css).isEmpty();
  }
}
