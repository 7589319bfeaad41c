package org.tlsrpt.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.dnsrecord.RecordLint;

class WordingTest {

  private static final Path ROOM = Path.of("src/main/java/org/tlsrpt/collector/dnsrecord");

  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\".*?\"\"\"", Pattern.DOTALL);
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|^\\s*//.*?$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern JOINED =
      Pattern.compile(
          "\"\\s*(?:\\.formatted\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))?\\s*\\+\\s*\"");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern HOLE = Pattern.compile("%(?:1\\$)?s|\\{(?:message|[1-9])}");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.]) ");
  private static final Pattern WORDS = Pattern.compile("(?:[A-Za-z:]+ ){2}[a-z]+");

  /** For whoever wrote the program, never for a reader of a page. */
  private static final Set<String> NO_MESSAGES =
      Set.of(
          "not the owner name of a record",
          "not the strings of a printable ASCII value",
          "tlsrpt.public-url must be an address like https://tlsrpt.example.net",
          "gcloud dns record-sets create ",
          "tlsrpt.dns.timeout must be from 100ms to 5s",
          "' is no address like 192.0.2.53 or [2001:db8::53]:53",
          "every JDK has TLS",
          "every JDK trusts X.509 certificates",
          "a client's own trust is never asked for",
          "The answer is odd",
          "The connection leads to another address than the one allowed.");

  private final Wording wording = new Wording();

  @Test
  void translatesEveryMessageOfTheRoom() throws IOException {
    var english =
        wording.sentences().stream().map(Wording.Sentence::english).collect(Collectors.toSet());
    var known = english.stream().map(HOLE::splitAsStream).flatMap(p -> p).toList();
    var missing =
        literals().stream()
            .flatMap(HOLE::splitAsStream)
            .filter(piece -> !NO_MESSAGES.contains(piece))
            .filter(piece -> WORDS.matcher(piece).find())
            .filter(piece -> known.stream().noneMatch(text -> text.contains(core(piece))))
            .toList();

    assertThat(missing).as("messages without a translation in findings-pt.txt").isEmpty();
  }

  @Test
  void translatesNoMessageThatIsGone() throws IOException {
    var said = String.join("\n", literals());
    var gone =
        wording.sentences().stream()
            .map(Wording.Sentence::english)
            .filter(
                english ->
                    HOLE.splitAsStream(english)
                        .flatMap(SENTENCE_END::splitAsStream)
                        .anyMatch(piece -> !said.contains(core(piece))))
            .toList();

    assertThat(gone).as("sentences of findings-pt.txt that nothing says").isEmpty();
  }

  @Test
  void keepsWhatASentenceIsAbout() {
    for (var sentence : wording.sentences()) {
      assertThat(holes(sentence.translation()))
          .as(sentence.english())
          .containsExactlyInAnyOrderElementsOf(holes(sentence.english()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          v=TSLRPTv1; rua=x | A versão está escrita errado: escreva v=TLSRPTv1; em vez de v=TSLRPTv1.
          v=TLSRPTv1; rua=https://a..b/ | O servidor tem um rótulo vazio: dois pontos seguidos, ou um no começo ou no fim.
          v=TLSRPTv1; rua=mailto:a@b_ü | "ü" (U+00FC) não é ASCII; escreva um domínio como A-labels (xn--…) e um caminho com codificação por porcentagem.
          v=TLSRPTv1; rua=mailto:a@b;c | Um campo deve ter a forma nome=valor: c (Se pertence à URI anterior: um ponto e vírgula em uma URI se escreve %3B.)
          v=TLSRPTv1; rua=mailto:a@$1\\2 | Há uma barra invertida no texto: ela só tem função em arquivos de zona; retire-a.
          v=spf1 is missing. | Os remetentes ignoram este registro, pois ele não começa com v=TLSRPTv1; — v=spf1 is missing.
          """)
  void speaksPortuguese(String record, String message) {
    assertThat(RecordLint.lint(List.of(record)).findings())
        .extracting(finding -> wording.in(Languages.PORTUGUESE, finding.message()).words())
        .contains(message);
  }

  @Test
  void saysInEnglishWhatNobodyTranslatedAndMarksIt() {
    assertThat(wording.in(Languages.PORTUGUESE, "Something new."))
        .isEqualTo(new Wording.Text("Something new.", "en"));
    assertThat(wording.in(Locale.ENGLISH, "Something new."))
        .isEqualTo(new Wording.Text("Something new.", null));
  }

  @Test
  void takesAnyText() {
    var prefixes = "Senders pass over this record. The host ".repeat(20);
    var suffixes = " So senders find no record.".repeat(30);
    for (var hostile : List.of(prefixes + suffixes, "$1 \\\\ {message} {1}", "", "{message}")) {
      assertThat(wording.in(Languages.PORTUGUESE, hostile).words()).isEqualTo(hostile);
    }
    assertThat(
            wording
                .in(
                    Languages.PORTUGUESE,
                    "The TXT record at _mta-sts has a malformed field: $1\\{1}")
                .words())
        .isEqualTo("O registro TXT em _mta-sts tem um campo malformado: $1\\{1}");
    assertThat(wording.in(Languages.PORTUGUESE, "contains ".repeat(100_000)).language())
        .isEqualTo("en");
  }

  /** Without the marks at its ends, which may come from elsewhere. */
  private static String core(String piece) {
    return piece.replaceAll("^[ .,:()]+|[ .,:()]+$", "");
  }

  private static List<String> holes(String text) {
    return HOLE.matcher(text).results().map(hole -> hole.group()).toList();
  }

  /** All texts of the room's source, those joined by a plus as one. */
  private static List<String> literals() throws IOException {
    var literals = new ArrayList<String>();
    try (Stream<Path> files = Files.list(ROOM)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        var source = COMMENT.matcher(Files.readString(file)).replaceAll("");
        var joined = JOINED.matcher(TEXT_BLOCK.matcher(source).replaceAll("")).replaceAll("");
        LITERAL
            .matcher(joined)
            .results()
            .forEach(literal -> literals.add(literal.group(1).replace("\\\"", "\"")));
      }
    }
    return literals;
  }
}
