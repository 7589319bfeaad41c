package org.tlsrpt.collector.report;

import static org.tlsrpt.collector.report.Member.MX_HOST;
import static org.tlsrpt.collector.report.Member.POLICY_STRING;
import static org.tlsrpt.collector.report.Member.POLICY_TYPE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.report.Member.Scope;

/** Reads the member {@code policy} (RFC 8460 §4.4, §4.5). */
final class PolicyMembers {

  static final String UNKNOWN = "unknown";

  private static final Set<String> TYPES =
      Set.of(PolicyDraft.STS, PolicyDraft.TLSA, "no-policy-found");

  /** Usage, selector, matching type, association data (RFC 6698 §2.2). */
  private static final Pattern TLSA_RECORD =
      Pattern.compile("\\s*(?:\\d{1,3}\\s+){3}(?:[0-9A-Fa-f]{2})++\\s*");

  private static final String MX_PREFIX = "mx:";

  private final Tokens tokens;
  private final Values values;
  private final Notes notes;
  private final Budget budget;
  private final JsonText jsonText;

  private @Nullable String type;
  private @Nullable String domain;
  private List<String> strings = List.of();
  private List<String> mxHosts = List.of();
  private boolean isOneText;

  PolicyMembers(Tokens tokens, Values values, Notes notes, Budget budget, JsonText jsonText) {
    this.tokens = tokens;
    this.values = values;
    this.notes = notes;
    this.budget = budget;
    this.jsonText = jsonText;
  }

  /** Reads the object at hand. */
  void read() {
    forget();
    tokens.object(Scope.POLICY, this::member);
    finish();
  }

  /** What holds if there is no such object. */
  void forget() {
    type = null;
    domain = null;
    strings = List.of();
    mxHosts = List.of();
    isOneText = false;
  }

  String type() {
    return type == null ? UNKNOWN : type;
  }

  @Nullable String domain() {
    return domain;
  }

  List<String> strings() {
    return strings;
  }

  List<String> mxHosts() {
    return mxHosts;
  }

  private void member(Member member) {
    switch (member) {
      case POLICY_TYPE -> type = values.word(member);
      case POLICY_STRING -> strings = policyString();
      case POLICY_DOMAIN -> domain = values.domain(member);
      case MX_HOST -> mxHosts = hosts();
      default -> tokens.skip();
    }
  }

  private List<String> policyString() {
    var lines = new ArrayList<String>();
    isOneText = tokens.isString();
    if (isOneText) {
      notes.member(POLICY_STRING, Deviation.POLICY_STRING_NOT_ARRAY);
      values.lines(POLICY_STRING).forEach(line -> addLine(lines, line));
    } else {
      tokens.elements(
          POLICY_STRING,
          Deviation.POLICY_STRING_NOT_ARRAY,
          _ -> addLine(lines, values.text(POLICY_STRING)));
    }
    return lines;
  }

  /** Microsoft writes all TLSA records as one element that is the text of a JSON array. */
  private void addLine(List<String> lines, @Nullable String line) {
    var elements = line == null ? null : jsonText.strings(line.strip());
    if (elements == null) {
      add(lines, line);
    } else {
      notes.member(POLICY_STRING, Deviation.POLICY_STRING_JSON);
      elements.forEach(element -> add(lines, values.clean(POLICY_STRING, element)));
    }
  }

  private void add(List<String> texts, @Nullable String text) {
    if (text != null) {
      budget.line();
      texts.add(text);
    }
  }

  private List<String> hosts() {
    var hosts = new ArrayList<String>();
    tokens.elements(MX_HOST, Deviation.MX_HOST_NOT_ARRAY, _ -> add(hosts, host()));
    return hosts;
  }

  private @Nullable String host() {
    var text = values.text(MX_HOST);
    if (text == null || !text.regionMatches(true, 0, MX_PREFIX, 0, MX_PREFIX.length())) {
      return text == null ? null : values.host(MX_HOST, text);
    }
    notes.member(MX_HOST, Deviation.MX_HOST_PREFIX, text);
    return values.host(MX_HOST, text.substring(MX_PREFIX.length()));
  }

  /** What needs the type, which may stand behind what it is about. */
  private void finish() {
    if (type == null) {
      notes.member(POLICY_TYPE, Deviation.POLICY_TYPE_MISSING);
    } else if (!TYPES.contains(type)) {
      notes.member(POLICY_TYPE, Deviation.POLICY_TYPE_UNKNOWN, type);
    } else if (type.equals(PolicyDraft.TLSA)) {
      strings = isOneText ? records(strings) : strings;
      strings.forEach(this::judge);
    }
  }

  /** RFC 8460 §4 still speaks of one string with semicolons between the records. */
  private static List<String> records(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(record -> !record.isEmpty())
        .toList();
  }

  private void judge(String record) {
    if (!TLSA_RECORD.matcher(record).matches()) {
      notes.member(POLICY_STRING, Deviation.TLSA_RECORD_MALFORMED, record);
    }
  }
}
