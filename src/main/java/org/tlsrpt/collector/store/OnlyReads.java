package org.tlsrpt.collector.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Lets every pool give up connections to a server that takes no writes: it was the primary before
 * another took over, or is not the primary yet. Kept, such a connection would be asked again and
 * again, long after the address leads to the right one.
 */
@Component
final class OnlyReads implements BeanPostProcessor, SQLExceptionOverride {

  @java.lang.Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setExceptionOverride(this);
    }
    return bean;
  }

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return SqlFailures.onlyReads(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
