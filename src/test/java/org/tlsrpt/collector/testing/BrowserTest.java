package org.tlsrpt.collector.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that look at pages with a browser. Where there is none they say so and do not run, unless
 * {@code -Dbrowser=required}: then they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserTest.WhereThereIsOne.class)
public @interface BrowserTest {

  /** Decides before a context is started. */
  final class WhereThereIsOne implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Chromium.path().isPresent()) {
        return ConditionEvaluationResult.enabled("with " + Chromium.path().get());
      }
      if ("required".equals(System.getProperty("browser"))) {
        throw new IllegalStateException(Chromium.MISSING);
      }
      System.err.println(context.getDisplayName() + " does not run: " + Chromium.MISSING);
      return ConditionEvaluationResult.disabled(Chromium.MISSING);
    }
  }
}
