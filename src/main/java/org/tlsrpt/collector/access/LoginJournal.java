package org.tlsrpt.collector.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts logins, and tells of those that failed: one line a minute, kind and source. */
@Component
class LoginJournal {

  private static final Logger log = LoggerFactory.getLogger(LoginJournal.class);

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final MeterRegistry meters;
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(SILENCE).build();

  LoginJournal(MeterRegistry meters) {
    this.meters = meters;
  }

  void accepted() {
    count("accepted");
  }

  /** Never tells the name that was tried: people type passwords there by mistake. */
  void refused(RefusedLogin refused, String address) {
    var kind = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    count(kind);
    var source = SourceAddress.of(address);
    if (told.asMap().putIfAbsent(kind + " " + source, true) == null) {
      log.warn("A login from {} was refused: {}", source, refused.detail());
    }
  }

  private void count(String outcome) {
    meters.counter("tlsrpt.logins", "outcome", outcome).increment();
  }
}
