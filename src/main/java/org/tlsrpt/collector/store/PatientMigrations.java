package org.tlsrpt.collector.store;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/**
 * Lets a migration take its time: an index on a large table takes minutes, and would be begun again
 * for ever if it ended when a query's connection gives up.
 */
@Component
class PatientMigrations implements Callback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      context.getConnection().setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException e) {
      throw new FlywayException("The connection cannot be told to wait", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "patient-migrations";
  }
}
