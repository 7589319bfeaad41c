package org.tlsrpt.collector.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.tlsrpt.collector.store.WriteWiring;

/**
 * What an import needs and nothing else: no door, no spool, no job. For a process that only
 * imports; it needs a clock besides.
 */
@Import({
  WriteWiring.class,
  IntakeBeans.class,
  Processing.class,
  Quarantine.class,
  QuarantineBound.class,
  Importer.class
})
@EnableConfigurationProperties({
  IntakeBeans.Settings.class,
  IntakeProperties.class,
  QuarantineSettings.class
})
public class ImportWiring {

  /** Nobody asks for figures. */
  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }
}
