package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordFormatTest {

  private static final String VALUE =
      "v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com";

  private static final Generated.Record ONE = record(3600, VALUE);

  /** Nothing a generated record contains, but text that every syntax must escape. */
  private static final Generated.Record NASTY =
      record(60, "v=TLSRPTv1; x=\"\\'${a}%{b}$(id)`id`|,^", "||; y=z");

  @Test
  void writesBareValueAsText() {
    assertThat(RecordFormat.TEXT.render(ONE)).isEqualTo(VALUE);
    assertThat(RecordFormat.TEXT.render(NASTY)).isEqualTo(NASTY.value());
  }

  @Test
  void writesZoneLine() {
    assertThat(RecordFormat.ZONE.render(ONE))
        .isEqualTo("_smtp._tls.example.com. 3600 IN TXT \"" + VALUE + "\"");
  }

  @Test
  void quotesEachStringOfZoneLineAndEscapesQuoteAndBackslash() {
    assertThat(RecordFormat.ZONE.render(NASTY))
        .isEqualTo(
            "_smtp._tls.example.com. 60 IN TXT"
                + " \"v=TLSRPTv1; x=\\\"\\\\'${a}%{b}$(id)`id`|,^\" \"||; y=z\"");
  }

  /** Digits of its own, as %d writes them by default. */
  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void writesTheSameWhateverTheLocale(RecordFormat format) {
    var usual = format.render(ONE);
    var locale = Locale.getDefault();
    Locale.setDefault(Locale.of("fa", "IR"));
    try {
      assertThat(format.render(ONE)).isEqualTo(usual);
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void replacesRecordInOneUpdate() {
    assertThat(RecordFormat.NSUPDATE.render(ONE).lines())
        .containsExactly(
            "update delete _smtp._tls.example.com. TXT",
            "update add _smtp._tls.example.com. 3600 IN TXT \"" + VALUE + "\"",
            "send");
  }

  @Test
  void writesChangeBatchOfRoute53() {
    var set = json(RecordFormat.ROUTE53, ONE).at("/Changes/0/ResourceRecordSet");
    assertThat(set.at("/Name").asString()).isEqualTo("_smtp._tls.example.com.");
    assertThat(set.at("/Type").asString()).isEqualTo("TXT");
    assertThat(set.at("/TTL").asInt()).isEqualTo(3600);
    assertThat(set.at("/ResourceRecords")).hasSize(1);
    assertThat(set.at("/ResourceRecords/0/Value").asString()).isEqualTo("\"" + VALUE + "\"");
    assertThat(json(RecordFormat.ROUTE53, ONE).at("/Changes/0/Action").asString())
        .isEqualTo("UPSERT");
    assertThat(
            json(RecordFormat.ROUTE53, NASTY)
                .at("/Changes/0/ResourceRecordSet/ResourceRecords/0/Value")
                .asString())
        .isEqualTo("\"v=TLSRPTv1; x=\\\"\\\\'${a}%{b}$(id)`id`|,^\" \"||; y=z\"");
  }

  @Test
  void writesBodyOfCloudflare() {
    var body = json(RecordFormat.CLOUDFLARE, ONE);
    assertThat(body.propertyNames()).containsExactly("type", "name", "content", "ttl");
    assertThat(body.at("/type").asString()).isEqualTo("TXT");
    assertThat(body.at("/name").asString()).isEqualTo("_smtp._tls.example.com");
    assertThat(body.at("/content").asString()).isEqualTo("\"" + VALUE + "\"");
    assertThat(body.at("/ttl").asInt()).isEqualTo(3600);
    assertThat(json(RecordFormat.CLOUDFLARE, NASTY).at("/content").asString())
        .isEqualTo("\"v=TLSRPTv1; x=\\\"\\\\'${a}%{b}$(id)`id`|,^\" \"||; y=z\"");
  }

  @Test
  void keepsTtlWithinWhatCloudflareTakes() {
    assertThat(json(RecordFormat.CLOUDFLARE, record(0, VALUE)).at("/ttl").asInt()).isEqualTo(60);
    assertThat(json(RecordFormat.CLOUDFLARE, record(604_800, VALUE)).at("/ttl").asInt())
        .isEqualTo(86_400);
  }

  @Test
  void writesTerraformForBothProviders() {
    assertThat(RecordFormat.TERRAFORM.render(ONE))
        .isEqualTo(
            """
            # Amazon Route 53
            resource "aws_route53_record" "smtp_tls" {
              zone_id = "MY_ZONE_ID"
              name    = "_smtp._tls.example.com"
              type    = "TXT"
              ttl     = 3600
              records = ["v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com"]
            }

            # Cloudflare (provider version 5)
            resource "cloudflare_dns_record" "smtp_tls" {
              zone_id = "MY_ZONE_ID"
              name    = "_smtp._tls.example.com"
              type    = "TXT"
              ttl     = 3600
              content = "\\"v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com\\""
            }""");
  }

  @Test
  void escapesTemplatesOfTerraformAndParsesStringsAsItsProvidersWant() {
    assertThat(RecordFormat.TERRAFORM.render(NASTY).lines())
        .contains(
            "  records = [\"v=TLSRPTv1; x=\\\\\\\"\\\\\\\\'$${a}%%{b}$(id)`id`|,^\\\"\\\"||;"
                + " y=z\"]",
            "  content = \"\\\"v=TLSRPTv1; x=\\\\\\\"\\\\\\\\'$${a}%%{b}$(id)`id`|,^\\\" \\\"||;"
                + " y=z\\\"\"");
  }

  @Test
  void writesCommandsOfAzure() {
    assertThat(RecordFormat.AZURE.render(ONE).lines())
        .containsExactly(
            "az network dns record-set txt create --resource-group MY_RESOURCE_GROUP --zone-name"
                + " example.com --name _smtp._tls --ttl 3600",
            "az network dns record-set txt add-record --resource-group MY_RESOURCE_GROUP"
                + " --zone-name example.com --record-set-name _smtp._tls --value '"
                + VALUE
                + "'");
  }

  @Test
  void writesCommandOfGoogle() {
    assertThat(RecordFormat.GOOGLE.render(ONE))
        .isEqualTo(
            "gcloud dns record-sets create _smtp._tls.example.com. --zone=MY_ZONE --type=TXT"
                + " --ttl=3600 --rrdatas='\""
                + VALUE
                + "\"'");
  }

  @Test
  void keepsGoogleFromCuttingTheValueAtItsCommas() {
    assertThat(RecordFormat.GOOGLE.render(record(60, "v=TLSRPTv1; rua=mailto:a@b.c,mailto:d@e.f")))
        .endsWith("--rrdatas='^|^\"v=TLSRPTv1; rua=mailto:a@b.c,mailto:d@e.f\"'");
    assertThat(RecordFormat.GOOGLE.render(NASTY)).contains("--rrdatas='^|||^\"v=");
  }

  @ParameterizedTest
  @EnumSource(names = {"AZURE", "GOOGLE"})
  void survivesTheShellUnchanged(RecordFormat format) throws Exception {
    var last = format.render(NASTY).lines().toList().getLast();
    var words = last.replaceFirst("^\\S+", "printf '%s\\\\n'");
    var shell = new ProcessBuilder("sh", "-c", words).redirectErrorStream(true).start();
    var printed = new String(shell.getInputStream().readAllBytes()).lines().toList().getLast();
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(printed)
        .isEqualTo(
            format == RecordFormat.AZURE
                ? NASTY.value()
                : "--rrdatas=^|||^" + Quoting.characterStrings(NASTY.strings()));
  }

  @ParameterizedTest
  @EnumSource
  void findsFormatByItsWord(RecordFormat format) {
    assertThat(RecordFormat.parse(format.word())).contains(format);
    assertThat(format.render(ONE)).doesNotEndWith("\n").contains("v=TLSRPTv1; rua=https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "TEXT", "", "zone ", "bind"})
  void knowsNoOtherWord(String word) {
    assertThat(RecordFormat.parse(word)).isEmpty();
  }

  @Test
  void refusesRecordThatFormatsCouldNotWrite() {
    assertThatIllegalArgumentException().isThrownBy(() -> record(60, "line\nbreak"));
    assertThatIllegalArgumentException().isThrownBy(() -> record(60, "x".repeat(256)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generated.Record("example.com;id", 60, "", List.of(), List.of()));
  }

  private static JsonNode json(RecordFormat format, Generated.Record record) {
    return JsonMapper.shared().readTree(format.render(record));
  }

  private static Generated.Record record(int ttl, String... strings) {
    return new Generated.Record(
        "_smtp._tls.example.com.", ttl, String.join("", strings), List.of(strings), List.of());
  }
}
