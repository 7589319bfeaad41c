package org.tlsrpt.collector.intake;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** What stands at the door of senders: the bounds of bodies, and the spool behind it. */
@Configuration(proxyBeanMethods = false)
class DoorBeans {

  @Bean
  BodyReader bodyReader(IntakeProperties properties) {
    var limit = properties.maxBodySize().toBytes();
    var budget = MemoryBudget.ofHeap(8, 2 * limit);
    return new BodyReader(limit, properties.bodyTimeout(), IntakeBeans.PATIENCE, budget);
  }

  /** First of all filters, but for those that say who asks when a proxy stands before us. */
  @Bean
  FilterRegistrationBean<ShortWay> shortWay(TlsRptController controller, JsonMapper json) {
    var registration = new FilterRegistrationBean<>(new ShortWay(controller, json));
    registration.setUrlPatterns(ShortWay.PATTERNS);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  @Bean(destroyMethod = "close")
  Spool spool(SpoolSettings settings) {
    return Spool.open(settings.home(), settings.spoolSize().toBytes());
  }

  @Bean
  SpoolDrain spoolDrain(Spool spool, Intake intake, Journal journal) {
    return new SpoolDrain(
        spool,
        delivery -> {
          var outcome = intake.acceptAgain(delivery);
          if (outcome instanceof Outcome.Unavailable) {
            return SpoolDrain.Drained.LATER;
          }
          journal.drained(outcome);
          // It was acknowledged once. Should a later version refuse it, its file stays.
          return outcome instanceof Outcome.Refused
              ? SpoolDrain.Drained.NEVER
              : SpoolDrain.Drained.DONE;
        });
  }
}
