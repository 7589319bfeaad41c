package org.tlsrpt.collector.dnsrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.tlsrpt.collector.dnsrecord.CheckSettings.Outgoing;

/** {@code tlsrpt.dns.*} and {@code tlsrpt.check.*} as operators write them. */
class CheckSettingsTest {

  @EnableConfigurationProperties({DnsSettings.class, CheckSettings.class, PublicUrl.class})
  static class Settings {}

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class, CheckBeans.class)
          .withBean(Clock.class, Clock::systemUTC);

  @Test
  void allowsEverythingAndAsksTheSystemsResolversUnlessTold() {
    context.run(
        started -> {
          assertThat(started).hasSingleBean(RecordCheck.class);
          assertThat(started.getBean(DnsSettings.class))
              .isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(2)));
          assertThat(started.getBean(CheckSettings.class).allowed())
              .containsExactly(Outgoing.values());
        });
  }

  @Test
  void forbidsWhatIsNotListed() {
    context
        .withPropertyValues("tlsrpt.check.outgoing=dns,mta-sts")
        .run(
            started ->
                assertThat(started.getBean(CheckSettings.class).allowed())
                    .containsExactly(Outgoing.DNS, Outgoing.MTA_STS));
  }

  @Test
  void forbidsEverythingIfNothingIsListed() {
    context
        .withPropertyValues("tlsrpt.check.outgoing=")
        .run(started -> assertThat(started.getBean(CheckSettings.class).allowed()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.53,          192.0.2.53,   53",
    "192.0.2.53:5353,     192.0.2.53,   5353",
    "2001:db8::53,        2001:db8:0:0:0:0:0:53, 53",
    "[2001:db8::53],      2001:db8:0:0:0:0:0:53, 53",
    "[2001:db8::53]:5353, 2001:db8:0:0:0:0:0:53, 5353",
  })
  void takesAddressesOfResolvers(String text, String address, int port) {
    var resolver = new DnsSettings(List.of(text), Duration.ofSeconds(1)).addresses().getFirst();

    assertThat(resolver.getAddress().getHostAddress()).isEqualTo(address);
    assertThat(resolver.getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.example.net", "192.0.2.53:99999", "192.0.2.999", "", "[::1", "a:b"})
  void refusesNamesOfResolvers(String text) {
    assertThatThrownBy(() -> new DnsSettings(List.of(text), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tlsrpt.dns.resolvers: '" + text + "' is no address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.01S", "PT6S"})
  void refusesTimeoutsThatNobodyMeans(Duration timeout) {
    assertThatThrownBy(() -> new DnsSettings(List.of(), timeout))
        .hasMessage("tlsrpt.dns.timeout must be from 100ms to 5s");
  }
}
