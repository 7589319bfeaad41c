package org.tlsrpt.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsrpt.collector.intake.Sources.Admission;
import org.tlsrpt.collector.intake.Sources.Settings;

class SourcesTest {

  @Test
  void admitsABurstAndThenNoMore() {
    var sources = new Sources(new Settings(1, 5, 500, 1));

    assertThat(admitted(sources, "192.0.2.1", 20)).isBetween(5, 6);
  }

  @Test
  void doesNotLetOneSourceShutOutAnother() {
    var sources = new Sources(new Settings(1, 5, 500, 1));
    admitted(sources, "192.0.2.1", 20);

    assertThat(admitted(sources, "192.0.2.2", 3)).isEqualTo(3);
    assertThat(admitted(sources, "2001:db8::1", 3)).isEqualTo(3);
  }

  @Test
  void takesTheAddressesOfOneNetworkForOneSource() {
    var sources = new Sources(new Settings(1, 5, 500, 1));

    assertThat(
            admitted(sources, "2001:db8:0:1::1", 3) + admitted(sources, "2001:db8:0:1:ffff::2", 20))
        .isBetween(5, 6);
    assertThat(admitted(sources, "2001:db8:0:2::1", 3)).isEqualTo(3);
  }

  @Test
  void boundsWhatASourceHasInWorkAtOnce() {
    var sources = new Sources(new Settings(1_000, 1_000, 3, 1));
    var inWork = new ArrayList<Admission>();
    for (var i = 0; i < 3; i++) {
      inWork.add(sources.admit("192.0.2.1"));
    }

    assertThat(inWork).doesNotContainNull();
    assertThat(sources.admit("192.0.2.1")).isNull();
    inWork.getFirst().close();
    assertThat(sources.admit("192.0.2.1")).isNotNull();
  }

  @Test
  void makesJunkDearerThanReports() {
    var sources = new Sources(new Settings(1, 100, 500, 50));
    for (var i = 0; i < 2; i++) {
      try (var junk = sources.admit("192.0.2.1")) {
        assertThat(junk).isNotNull();
        junk.chargeRefusal();
      }
    }

    assertThat(admitted(sources, "192.0.2.1", 20)).isLessThanOrEqualTo(1);
  }

  @Test
  void takesJunkForADeliveryLikeOthersIfToldSo() {
    var sources = new Sources(new Settings(1, 5, 500, 1));
    try (var junk = sources.admit("192.0.2.1")) {
      assertThat(junk).isNotNull();
      junk.chargeRefusal();
    }

    assertThat(admitted(sources, "192.0.2.1", 20)).isBetween(4, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20:01:0d:b8:00:01:00:02::/64",
    "::1, 00:00:00:00:00:00:00:00::/64",
    "::ffff:192.0.2.1, 192.0.2.1",
    "fe80::1%1, fe:80:00:00:00:00:00:00::/64",
    "192.0.2.1:4711, 192.0.2.1",
    "[2001:db8:1:2::1]:4711, 20:01:0d:b8:00:01:00:02::/64",
    "[2001:db8:1:2::1], 20:01:0d:b8:00:01:00:02::/64",
    "a:b, no address",
    "unknown, no address",
    "'', no address",
  })
  void namesASource(String address, String name) {
    assertThat(Sources.nameOf(address)).isEqualTo(name);
  }

  private static int admitted(Sources sources, String address, int tries) {
    var admitted = 0;
    for (var i = 0; i < tries; i++) {
      try (var admission = sources.admit(address)) {
        admitted += admission == null ? 0 : 1;
      }
    }
    return admitted;
  }
}
