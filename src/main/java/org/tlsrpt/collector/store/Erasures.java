package org.tlsrpt.collector.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.tlsrpt.collector.store.Erasure.Kind;
import org.tlsrpt.collector.store.Leases.Lease;
import org.tlsrpt.collector.store.SmallSteps.End;
import org.tlsrpt.collector.store.Sweep.Means;

/**
 * Deletes all about a domain or an organization, in the background. What was asked for is done
 * whatever is killed meanwhile: another instance, or the same one later, goes on.
 */
@Component
public class Erasures {

  private static final Logger log = LoggerFactory.getLogger(Erasures.class);

  private static final String WORK = "erasing";

  private final ErasureRows rows;
  private final SmallSteps steps;
  private final ApplicationEventPublisher events;
  private final Tally tally;

  Erasures(
      ErasureRows rows, SmallSteps steps, ApplicationEventPublisher events, MeterRegistry meters) {
    this.rows = rows;
    this.steps = steps;
    this.events = events;
    this.tally = new Tally(meters, "tlsrpt.erasure.erased", "deleted, as somebody asked for it");
  }

  /**
   * Begins to erase a domain: the rows of the policy domain, every document that names it as one or
   * was posted for it, and its name where reports about other policy domains were posted for it.
   *
   * @param domain as stored: A-labels, lower case, without final dot
   * @return how far that is; the one under way if it was asked for before
   */
  public Erasure domain(String domain) {
    return begin(Kind.DOMAIN, domain);
  }

  /**
   * Begins to erase all reports of an organization.
   *
   * @param name as reports have it, in any case
   * @return how far that is; the one under way if it was asked for before
   */
  public Erasure organization(String name) {
    return begin(Kind.ORGANIZATION, name);
  }

  /**
   * Finds an erasure.
   *
   * @param id of it
   * @return nothing if there is none, or it was done a month ago
   */
  public Optional<Erasure> find(UUID id) {
    return rows.find(id);
  }

  /**
   * Lists erasures.
   *
   * @param limit so many at most
   * @return newest first
   */
  public List<Erasure> newest(int limit) {
    return rows.newest(limit);
  }

  private Erasure begin(Kind kind, String name) {
    var asked = rows.ask(kind, name);
    Thread.ofVirtual().name("erasing").start(this::run);
    return asked;
  }

  /** Erases what waits for it, unless another instance is at it. */
  @Scheduled(initialDelay = 1, fixedRate = 1, timeUnit = TimeUnit.MINUTES)
  void run() {
    try {
      rows.forget();
      if (!rows.pending().isEmpty()) {
        steps.work(WORK, this::run);
      }
    } catch (DataAccessException | TransactionException e) {
      // Also when nothing waits; that the database is away is said elsewhere, once.
      log.debug("Nothing can be erased just now", e);
    }
  }

  private void run(Lease lease) {
    var failed = new HashSet<UUID>();
    for (var next = next(failed); next.isPresent(); next = next(failed)) {
      var erasure = next.get();
      try {
        if (erase(erasure, lease) != End.DONE) {
          return;
        }
      } catch (RuntimeException e) {
        failed.add(erasure.id());
        log.warn("Erasure {} is tried again in a minute: {}", erasure.id(), reason(e));
      }
    }
  }

  private static @Nullable String reason(RuntimeException e) {
    return (e instanceof NestedRuntimeException nested ? nested.getMostSpecificCause() : e)
        .getMessage();
  }

  private Optional<Erasure> next(Set<UUID> failed) {
    return rows.pending().stream().filter(erasure -> !failed.contains(erasure.id())).findFirst();
  }

  private End erase(Erasure erasure, Lease lease) {
    for (var sweep : sweeps(erasure)) {
      var end = steps.run(lease, sweep, removed -> rows.add(erasure.id(), removed), tally::add);
      if (end != End.DONE) {
        return end;
      }
    }
    if (erasure.kind() == Kind.DOMAIN) {
      events.publishEvent(new DomainErased(erasure.name()));
    }
    rows.done(erasure.id());
    rows.find(erasure.id())
        .ifPresent(done -> log.info("Erasure {} is done: {}", done.id(), done.removed()));
    return End.DONE;
  }

  private static List<Sweep> sweeps(Erasure erasure) {
    var name = erasure.name();
    return switch (erasure.kind()) {
      case DOMAIN ->
          List.of(
              new Sweep(Walk.ofDomain(name), Means.ERASE),
              new Sweep(Walk.postedFor(name), Means.FORGET_RECIPIENT));
      case ORGANIZATION -> List.of(new Sweep(Walk.ofOrganization(name), Means.DELETE));
    };
  }
}
