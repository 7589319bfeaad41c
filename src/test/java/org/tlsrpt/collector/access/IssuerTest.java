package org.tlsrpt.collector.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.tlsrpt.collector.testing.CollectorTest;

/** The whole collector, and an issuer that it trusts. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@CollectorTest
@ContextConfiguration(initializers = IssuerTest.Running.class)
@interface IssuerTest {

  /** Starts the issuer before the collector, one for all such tests. */
  final class Running implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final TestIssuer ISSUER = TestIssuer.start(0);

    static TestIssuer issuer() {
      return ISSUER;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of(
              "tlsrpt.oidc.issuer=" + ISSUER.address(),
              "tlsrpt.oidc.audience=" + TestIssuer.AUDIENCE,
              "tlsrpt.oidc.client-id=collector",
              "tlsrpt.oidc.client-secret=" + TestIssuer.secretOf("collector"))
          .applyTo(context);
    }
  }
}
