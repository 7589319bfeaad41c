package org.tlsrpt.collector.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.ReportFilter;

/** What the description of the API says about one call; the rest it finds in the code. */
final class ApiCall {

  private final String method;
  private final String path;
  private final String summary;
  private String tag = "";
  private String text = "";
  private boolean open;
  private boolean exported;
  private final List<String> query = new ArrayList<>();
  private final Map<Integer, Answer> answers = new LinkedHashMap<>();
  private @Nullable Body body;

  private ApiCall(String method, String path, String summary) {
    this.method = method;
    this.path = path;
    this.summary = summary;
  }

  /**
   * A body, sent or answered.
   *
   * @param type of it
   * @param example of it; JSON for types that are JSON
   */
  record Body(String type, String example) {}

  /**
   * An answer of the call.
   *
   * @param text one sentence
   * @param body {@code null} if there is none, or the code tells of it
   * @param shape what the body is made of, where the code does not tell
   */
  record Answer(String text, @Nullable Body body, @Nullable Class<?> shape) {}

  static ApiCall get(String path, String summary) {
    return new ApiCall("GET", path, summary);
  }

  static ApiCall post(String path, String summary) {
    return new ApiCall("POST", path, summary);
  }

  static ApiCall put(String path, String summary) {
    return new ApiCall("PUT", path, summary);
  }

  static ApiCall patch(String path, String summary) {
    return new ApiCall("PATCH", path, summary);
  }

  static ApiCall delete(String path, String summary) {
    return new ApiCall("DELETE", path, summary);
  }

  ApiCall under(String group) {
    tag = group;
    return this;
  }

  ApiCall says(String more) {
    text = more;
    return this;
  }

  /** Needs no key. */
  ApiCall open() {
    open = true;
    return this;
  }

  /** Names of {@link ApiParameters}. */
  ApiCall takes(String... parameters) {
    query.addAll(Arrays.asList(parameters));
    return this;
  }

  ApiCall takesFilter() {
    query.addAll(ReportFilter.NAMES);
    return this;
  }

  ApiCall takesPage() {
    return takes("limit", "cursor").unchanged();
  }

  /** Gives all there is as CSV or NDJSON, too. */
  ApiCall exported() {
    exported = true;
    return takes("list.format");
  }

  ApiCall sends(String type, String example) {
    body = new Body(type, example);
    return this;
  }

  ApiCall sendsJson(String example) {
    return sends("application/json", example).refuses(400, 413);
  }

  /** JSON of the shape that the code tells. */
  ApiCall answers(int status, String words, String example) {
    answers.put(status, new Answer(words, new Body("application/json", example), null));
    return this;
  }

  /** Without a body. */
  ApiCall answers(int status, String words) {
    answers.put(status, new Answer(words, null, null));
    return this;
  }

  ApiCall answers(int status, String words, Class<?> shape, String type, String example) {
    answers.put(status, new Answer(words, new Body(type, example), shape));
    return this;
  }

  /** Problem documents, see {@link ApiProblems}. */
  ApiCall refuses(Integer... statuses) {
    for (var status : statuses) {
      answers.put(status, new Answer("", null, null));
    }
    return this;
  }

  /** Answers 304 to whoever has it already. */
  ApiCall unchanged() {
    return answers(304, "It is what `If-None-Match` names: the `ETag` of an answer before.");
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  String summary() {
    return summary;
  }

  String tag() {
    return tag;
  }

  String text() {
    return text;
  }

  boolean isExported() {
    return exported;
  }

  boolean isOpen() {
    return open;
  }

  List<String> query() {
    return query;
  }

  Map<Integer, Answer> answers() {
    return answers;
  }

  @Nullable Body body() {
    return body;
  }
}
