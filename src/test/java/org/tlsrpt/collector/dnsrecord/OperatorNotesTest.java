package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorNotesTest {

  private static final String HERE = "https://tlsrpt.example.net/v1/tlsrpt/{domain}";
  private static final String MAIL = "mailto:tlsrpt@example.net";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bücher.example         | domain | INFO | RFC 8460 §3   | A-label form, xn--bcher-kva.example.
          _smtp._tls.example.com | domain | INFO | RFC 8460 §3   | prefix _smtp._tls. was left out
          example                | domain | INFO | RFC 8460 §1.1 | no dot
          mail.example.com       | domain | INFO | RFC 8460 §1.1 | counts for mail.example.com only
          example.com            | domain | INFO | RFC 8460 §1.1 | one for each MX host
          """)
  void notesWhatToKnowAboutDomain(
      String domain, String path, Severity severity, String rule, String message) {
    assertThat(notes(domain, 86_400, HERE, MAIL))
        .anySatisfy(note -> says(note, path, severity, rule, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://b.example/x           | rua[1] | INFO    | RFC 8460 §5.4     | a path that contains the domain
          https://ä.example/{domain}    | rua[1] | INFO    | RFC 5890 §2.3.2.1 | xn--4ca.example
          https://b.example/{domain}#x  | rua[1] | INFO    | RFC 3986 §3.5     | after # was left out
          https://u@b.example/{domain}  | rua[0] | WARNING | RFC 3986 §3.2     | user name or password
          mailto:tlsrpt@example.com     | rua[1] | WARNING | RFC 8460 §5.3     | an address elsewhere
          mailto:tlsrpt@mx.Example.COM  | rua[1] | WARNING | RFC 8460 §5.3     | an address elsewhere
          mailto:a!b@b.example          | rua[0] | INFO    | interoperability  | does not decode
          """)
  void notesWhatToKnowAboutDestination(
      String destination, String path, Severity severity, String rule, String message) {
    var notes =
        path.equals("rua[0]")
            ? notes("example.com", 3600, destination, MAIL)
            : notes("example.com", 3600, MAIL, destination);
    assertThat(notes).anySatisfy(note -> says(note, path, severity, rule, message));
  }

  @Test
  void notesThatSendersMayUseFirstDestinationOnly() {
    assertThat(notes("example.com", 3600, HERE, MAIL))
        .anyMatch(note -> isAbout(note, "only one of"));
    assertThat(notes("example.com", 3600, HERE)).noneMatch(note -> isAbout(note, "only one of"));
  }

  @Test
  void notesThatSomeSenderDeliversByMailOnly() {
    assertThat(notes("example.com", 3600, HERE)).anyMatch(note -> isAbout(note, "by mail only"));
    assertThat(notes("example.com", 3600, MAIL)).noneMatch(note -> isAbout(note, "by mail only"));
  }

  @Test
  void notesShortTtl() {
    assertThat(notes("example.com", 3599, HERE)).anyMatch(note -> note.path().equals("ttl"));
    assertThat(notes("example.com", 3600, HERE)).noneMatch(note -> note.path().equals("ttl"));
  }

  @Test
  void notesSizeThatDoesNotFitIntoAnyAnswer() {
    assertThat(notes("example.com", 3600, mailboxes(12)))
        .noneMatch(note -> isAbout(note, "octets"));
    assertThat(notes("example.com", 3600, mailboxes(30)))
        .anyMatch(note -> isAbout(note, "up to 450 fit into any DNS answer"));
    assertThat(notes("example.com", 3600, mailboxes(60)))
        .anyMatch(note -> isAbout(note, "above 1232 many resolvers"));
  }

  @Test
  void leavesNothingToNoteAboutUsualRecordButItsReach() {
    assertThat(notes("example.com", 3600, MAIL))
        .singleElement()
        .matches(note -> isAbout(note, "counts"));
  }

  private static String[] mailboxes(int count) {
    return IntStream.range(10, 10 + count)
        .mapToObj(i -> "mailto:tlsrpt" + i + "@example.net")
        .toArray(String[]::new);
  }

  private static boolean isAbout(Finding note, String words) {
    return note.message().contains(words);
  }

  private static void says(
      Finding note, String path, Severity severity, String rule, String message) {
    assertThat(note.message()).contains(message);
    assertThat(note)
        .extracting(Finding::path, Finding::severity, Finding::rule)
        .containsExactly(path, severity, rule);
  }

  private static List<Finding> notes(String domain, int ttl, String... destinations) {
    var generated = RecordGenerator.generate(domain, List.of(destinations), ttl);
    return ((Generated.Record) generated).notes();
  }
}
