package org.tlsrpt.collector.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tlsrpt.collector.report.ReportReader;

/** What every door shares, also that of an import: the reader and the bounds of documents. */
@Configuration(proxyBeanMethods = false)
class IntakeBeans {

  /**
   * To wait for what other deliveries hold: once while a body is read, once while it is decoded. A
   * sender still listens when the database had its time after that.
   */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * Settings of the reader.
   *
   * @param depth nesting of objects and arrays
   * @param policies elements of {@code policies}
   * @param failureDetails elements of all {@code failure-details} together
   * @param textLength characters kept of one text
   */
  @ConfigurationProperties("tlsrpt.intake.limits")
  record Settings(
      @DefaultValue("64") int depth,
      @DefaultValue("10000") int policies,
      @DefaultValue("200000") int failureDetails,
      @DefaultValue("65536") int textLength) {

    /** RFC 8460 itself needs six levels. */
    Settings {
      if (depth < 8 || policies < 1 || failureDetails < 1 || textLength < 256) {
        throw new IllegalArgumentException(
            "tlsrpt.intake.limits: depth must be at least 8, policies and failure-details 1,"
                + " text-length 256");
      }
    }
  }

  @Bean
  Decoder decoder(IntakeProperties properties) {
    var limit = properties.maxInflatedSize().toBytes();
    var turns = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new Decoder(limit, PATIENCE, MemoryBudget.ofHeap(4, limit), MemoryBudget.ofTurns(turns));
  }

  @Bean
  ReportReader reportReader(Settings settings) {
    return new ReportReader(
        new ReportReader.Limits(
            settings.depth(),
            settings.policies(),
            settings.failureDetails(),
            settings.textLength()));
  }
}
