package org.tlsrpt.collector.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.report.Note;
import tools.jackson.databind.json.JsonMapper;

/** Writes reports, each once. */
@Component
public class ReportArchive implements AutoCloseable {

  private static final Note REUSED =
      new Note(
          "report-id-reused",
          "report-id",
          "This organization-name, report-id and window came before with other content; both are"
              + " kept.");

  /** Deadlocks and the like are nobody's fault and gone at the next try. */
  private static final int TRIES = 3;

  private final DataSource pool;
  private final JsonMapper json;
  private final GroupCommit together;

  ReportArchive(@Qualifier("write") DataSource pool, WritePool.Settings settings, JsonMapper json) {
    this.pool = pool;
    this.json = json;
    this.together = new GroupCommit(settings.connections(), this::saveAll);
  }

  /**
   * Saves a report durably, in one transaction with others that arrive at the same time: when this
   * returns {@link SaveOutcome.Stored}, it is on disk.
   *
   * @param report the report
   * @param patience to wait for the database; when it ends the outcome is {@link
   *     SaveOutcome.Unavailable}, though the report may still become stored
   * @return what became of it; never an exception for the report or the database's sake
   */
  public SaveOutcome save(NewReport report, Duration patience) {
    return together.save(report, patience);
  }

  /** Lets the writers finish what they are at. */
  @Override
  public void close() {
    together.close();
  }

  /**
   * Saves reports in one transaction. If the database refuses one of them, each is saved by itself,
   * so that one bad report does not fail its neighbours.
   */
  List<SaveOutcome> saveAll(List<NewReport> reports) {
    for (var left = TRIES; ; left--) {
      try (var connection = pool.getConnection()) {
        return inTransaction(connection, reports);
      } catch (SQLException e) {
        if (SqlFailures.isRefusal(e)) {
          return reports.size() == 1
              ? List.of(new SaveOutcome.Rejected(e))
              : reports.stream().map(report -> saveAll(List.of(report)).getFirst()).toList();
        }
        if (left <= 1 || !SqlFailures.isRolledBackForOthers(e)) {
          var unavailable = new SaveOutcome.Unavailable(String.valueOf(e.getMessage()));
          return Collections.nCopies(reports.size(), unavailable);
        }
      }
    }
  }

  private List<SaveOutcome> inTransaction(Connection connection, List<NewReport> reports)
      throws SQLException {
    try {
      var outcomes = write(connection, reports);
      connection.commit();
      return outcomes;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private List<SaveOutcome> write(Connection connection, List<NewReport> reports)
      throws SQLException {
    var outbox = new Outbox(connection);
    var each = eachOnceInKeyOrder(reports);
    var stored = ReportLookups.storedUnderAnyDomain(outbox, idsKeyedByPath(each));
    var candidates =
        each.stream()
            .filter(report -> !stored.contains(report.id()))
            .flatMap(report -> DomainPart.of(report).stream())
            .toList();
    if (candidates.isEmpty()) {
      return reports.stream().<SaveOutcome>map(r -> new SaveOutcome.Duplicate(r.id())).toList();
    }
    var inserts = new ReportInserts(outbox, json);
    var fresh = inserts.insert(candidates);
    new PolicyInserts(outbox).insert(fresh);
    inserts.addReuse(fresh);
    DayChanges.mark(outbox, fresh.stream().map(DomainPart::day));
    outbox.send();
    return outcomes(reports, fresh, inserts.reused());
  }

  /** All batches take their locks in the same order: two of them never wait for each other. */
  private static List<NewReport> eachOnceInKeyOrder(List<NewReport> reports) {
    var seen = new HashSet<UUID>();
    return reports.stream()
        .sorted(Comparator.comparing(NewReport::id))
        .filter(report -> seen.add(report.id()))
        .toList();
  }

  private static List<UUID> idsKeyedByPath(List<NewReport> reports) {
    return reports.stream().filter(ReportArchive::isKeyedByPath).map(NewReport::id).toList();
  }

  private static boolean isKeyedByPath(NewReport report) {
    return report.domainInferred() || report.report().policies().isEmpty();
  }

  private static List<SaveOutcome> outcomes(
      List<NewReport> reports, List<DomainPart> fresh, Set<UUID> reused) {
    var stored = new HashSet<UUID>();
    fresh.forEach(part -> stored.add(part.report().id()));
    var outcomes = new ArrayList<SaveOutcome>(reports.size());
    for (var report : reports) {
      // The first of several equal ones in a batch is the one that was stored.
      outcomes.add(
          stored.remove(report.id())
              ? new SaveOutcome.Stored(report.id(), notesOf(report, reused))
              : new SaveOutcome.Duplicate(report.id()));
    }
    return outcomes;
  }

  private static List<Note> notesOf(NewReport report, Set<UUID> reused) {
    return reused.contains(report.id()) ? withReuse(report.notes()) : report.notes();
  }

  static List<Note> withReuse(List<Note> notes) {
    var more = new ArrayList<>(notes);
    more.add(REUSED);
    return List.copyOf(more);
  }
}
