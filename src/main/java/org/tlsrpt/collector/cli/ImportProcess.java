package org.tlsrpt.collector.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.tlsrpt.collector.intake.ImportResult;
import org.tlsrpt.collector.intake.ImportWiring;
import org.tlsrpt.collector.intake.Importer;

/** An import as a process of its own: the database and what writes to it, and nothing else. */
final class ImportProcess {

  private static final int LONGEST_END_SECONDS = 20;

  private final Terminal terminal;
  private final Clock clock;
  private final CountDownLatch done = new CountDownLatch(1);

  ImportProcess(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Not a component, so that the service does not find it. */
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
        "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
      })
  @Import(ImportWiring.class)
  static class Application {}

  /** Imports; says how it goes and how it ended. */
  boolean run(ImportWord.Wanted wanted) throws IOException {
    check(wanted);
    // What is logged is no result.
    System.setOut(System.err);
    var watch = new ImportWatch(terminal, wanted.paths());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch), "import-end"));
    try (var context = start(wanted)) {
      var importer = context.getBean(Importer.class);
      var result =
          wanted.paths().isEmpty()
              ? importer.stream(terminal.input(), "-", wanted.recipientDomain(), watch)
              : importer.files(wanted.paths(), wanted.recipientDomain(), watch);
      watch.close();
      return sayHowItEnded(result);
    } catch (RuntimeException e) {
      if (!sayWhyItCannotStart(e)) {
        throw e;
      }
      return false;
    } finally {
      watch.close();
      done.countDown();
    }
  }

  private static void check(ImportWord.Wanted wanted) {
    var domain = wanted.recipientDomain();
    if (domain != null && !Importer.isDomain(domain)) {
      throw new Misuse("--recipient-domain must be a domain name, as example.com.");
    }
  }

  private ConfigurableApplicationContext start(ImportWord.Wanted wanted) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .registerShutdownHook(false)
        .properties(
            "logging.level.root=warn",
            "logging.level.org.springframework.boot=off", // what stops the start is said below
            "logging.level.org.springframework.context=error",
            "logging.level.com.zaxxer.hikari=error")
        .initializers(
            context -> ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock))
        .run(wanted.properties().toArray(new String[0]));
  }

  /** Ctrl-C: what is under way is finished, the database stopped in good order. */
  private void end(ImportWatch watch) {
    watch.wantEnd();
    try {
      if (!done.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        terminal.say("The import did not end in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean sayHowItEnded(ImportResult result) {
    var counts = result.counts();
    terminal.print(
        "stored %s, duplicates %s, quarantined %s, refused %s"
            .formatted(
                counts.stored(), counts.duplicates(), counts.quarantined(), counts.refused()));
    if (result.stopped() != null) {
      terminal.say("error: The import ended early: " + result.stopped() + ".");
      terminal.say("The same again goes on: what is stored is not stored twice.");
    }
    return result.stopped() == null && counts.quarantined() + counts.refused() == 0;
  }

  private boolean sayWhyItCannotStart(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailureAnalyzedException known) {
        terminal.say("error: " + known.analysis().getDescription());
        terminal.say(
            "A collector that runs on this database imports by itself: curl --user admin"
                + " --data-binary @archive.tar.gz http://localhost:8080/v1/import");
        terminal.say("Or: " + known.analysis().getAction());
        return true;
      }
    }
    if (e instanceof BeanCreationException failure) {
      terminal.say("error: " + failure.getMostSpecificCause().getMessage());
      return true;
    }
    return false;
  }
}
