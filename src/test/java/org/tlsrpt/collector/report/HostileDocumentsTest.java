package org.tlsrpt.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsrpt.collector.report.Documents.ordinary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents made to break a reader. None may cost more than it is long, none may throw. */
class HostileDocumentsTest {

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"policies\":[", "[{\"policies\":"})
  void refusesDeepNesting(String opening) {
    assertThat(Documents.readAny(opening.repeat(100_000)))
        .isEqualTo(new Reading.NotJson("Objects and arrays are nested deeper than 64 levels."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"contact-info", "policy-string", "receiving-ip", "summary", "x"})
  void refusesDeepNestingWhereverItStands(String member) {
    var json = ordinary().json().replace("\"report-id\"", "\"" + member + "\"");
    var deep = json.replace("\"r-1\"", "[".repeat(100_000));

    assertThat(Documents.readAny(deep)).isInstanceOf(Reading.NotJson.class);
  }

  @Test
  void readsTwoHundredThousandFailures() {
    var json = new StringBuilder("{\"policies\":[{\"failure-details\":[");
    for (int i = 0; i < 200_000; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"result-type\":\"certificate-expired\",\"failed-session-count\":1,")
          .append("\"receiving-mx-hostname\":\"mx.example.com\",\"sending-mta-ip\":\"2001:db8::")
          .append(Integer.toHexString(i & 0xFFFF))
          .append("\"}");
    }

    var report = Documents.read(json.append("]}]}").toString()).report();

    var details = report.policies().getFirst().failureDetails();
    assertThat(details).hasSize(200_000);
    assertThat(details.getLast().sendingMtaIp()).isEqualTo("2001:db8::d3f");
    var hosts = Collections.newSetFromMap(new IdentityHashMap<String, Boolean>());
    details.forEach(detail -> hosts.add(detail.receivingMxHostname()));
    assertThat(hosts).as("copies of a text that repeats").hasSizeLessThan(1_000);
  }

  @Test
  void ignoresAMillionUnknownMembers() {
    var json = new StringBuilder("{");
    for (int i = 0; i < 1_000_000; i++) {
      json.append("\"member").append(i).append("\":").append(i).append(',');
    }

    assertThat(Documents.read(json.append("\"policies\":[]}").toString()).report().policies())
        .isEmpty();
  }

  @Test
  void namesThatCollideInAHashTableSpoilNothingButTheirOwnDocument() {
    var json = new StringBuilder("{");
    for (var name : namesOfOneHash(16)) {
      json.append('"').append(name).append("\":[],");
    }

    assertThat(Documents.readAny(json.append("\"policies\":[]}").toString()))
        .isInstanceOf(Reading.NotJson.class);
    assertThat(ordinary().read().notes()).isEmpty();
  }

  @Test
  void refusesMoreLinesThanAnyPolicyHas() {
    var lines = "\"a\",".repeat(200_000) + "\"a\"";

    assertThat(Documents.readAny(ordinary().and("policy-string", "[" + lines + "]").json()))
        .isEqualTo(
            new Reading.TooLarge(
                "The report has more than 200000 lines of policies and MX hosts."));
    assertThat(
            Documents.readAny(
                ordinary().and("policy-string", "\"" + "a\\n".repeat(200_001) + "\"").json()))
        .isInstanceOf(Reading.TooLarge.class);
    assertThat(Documents.readAny(ordinary().and("mx-host", "[" + lines + "]").json()))
        .isInstanceOf(Reading.TooLarge.class);
  }

  @Test
  void refusesMoreTokensThanAnyReportHas() {
    assertThat(Documents.readAny("{\"policies\":[],\"x\":[" + "0,".repeat(20_000_000) + "0]}"))
        .isEqualTo(new Reading.TooLarge("The document has more than 20000000 values and names."));
  }

  @Test
  void refusesLongNames() {
    assertThat(Documents.readAny("{\"" + "x".repeat(60_000) + "\":1,\"policies\":[]}"))
        .isInstanceOf(Reading.NotJson.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "google",
        "google-no-policy",
        "google-failures",
        "microsoft",
        "microsoft-tlsa",
        "microsoft-fetch-error",
        "mail-ru",
        "stalwart",
        "postfix",
        "mox",
        "halon",
        "socketlabs",
        "rfc8460-appendix-b"
      })
  void isNotJsonIfCutShortAnywhere(String sender) {
    var whole = strip(SenderFixturesTest.bytes(sender));

    for (int length = 0; length < whole.length; length++) {
      assertThat(Documents.readAny(Arrays.copyOf(whole, length)))
          .as("cut after %d bytes", length)
          .isInstanceOf(Reading.NotJson.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"google-failures", "microsoft-tlsa", "postfix", "socketlabs"})
  void neverThrowsWhateverBytesAreChanged(String sender) {
    var whole = SenderFixturesTest.bytes(sender);
    var random = new Random(8460);

    for (int round = 0; round < 5_000; round++) {
      var document = whole.clone();
      for (int change = 0; change <= round % 4; change++) {
        document[random.nextInt(document.length)] = (byte) random.nextInt(256);
      }
      assertThat(Documents.readAny(document)).isNotNull();
    }
  }

  @Test
  void neverThrowsWhateverValuesMembersHave() {
    var values =
        List.of(
            "null",
            "true",
            "-1",
            "1e5",
            "\"\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "[null]",
            "\"[\"",
            "\"[\\\"\"",
            "\"x\\ny\"",
            "{\"policies\":[{}]}");
    for (var member : Member.values()) {
      for (var value : values) {
        assertThat(Documents.readAny(Documents.with(member.text(), value).json()))
            .as("%s: %s", member.text(), value)
            .isNotNull()
            .isNotInstanceOf(Reading.NotJson.class);
      }
    }
  }

  @Test
  void givesTheSameAnswerForTheSameBytes() {
    var document = ordinary().and("receiving-ip", "\"x\"").json().getBytes(StandardCharsets.UTF_8);

    assertThat(Documents.readAny(document)).isEqualTo(Documents.readAny(document));
  }

  /** Names of 2 times {@code pairs} characters that all have the hash of "AaAa…". */
  private static List<String> namesOfOneHash(int pairs) {
    var names = new ArrayList<>(List.of(""));
    for (int i = 0; i < pairs; i++) {
      var longer = new ArrayList<String>();
      for (var name : names) {
        longer.add(name + "Aa");
        longer.add(name + "BB");
      }
      names = longer;
    }
    return names;
  }

  private static byte[] strip(byte[] document) {
    return new String(document, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }
}
