package org.tlsrpt.collector.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tlsrpt.collector.intake.Quarantine;
import org.tlsrpt.collector.intake.QuarantineEntry;
import org.tlsrpt.collector.intake.QuarantineReplay;
import org.tlsrpt.collector.intake.ReplayOutcome;
import org.tlsrpt.collector.intake.ReplayProgress;

/** What could not be read, and why; and another try. */
@RestController
@RequestMapping("/v1/quarantine")
class QuarantineController {

  private static final Set<String> LIST_PARAMETERS = PageParameters.NAMES;
  private static final int PREVIEW_BYTES = 512;

  private final Quarantine quarantine;
  private final QuarantineReplay replay;

  QuarantineController(Quarantine quarantine, QuarantineReplay replay) {
    this.quarantine = quarantine;
    this.replay = replay;
  }

  /**
   * One entry, as it is shown.
   *
   * @param entry all of it but the body
   * @param preview how the body begins, printable, see {@link Preview}
   */
  @Schema(name = "QuarantineEntryWithPreview")
  record Shown(@JsonUnwrapped QuarantineEntry entry, String preview) {}

  /**
   * What another try came to.
   *
   * @param status {@code stored}, {@code duplicate} or {@code refused}
   * @param reportId of the report it is now; absent if refused
   * @param reason why it stays; absent if it does not
   * @param detail one sentence about that
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Replayed(
      String status, @Nullable UUID reportId, @Nullable String reason, @Nullable String detail) {}

  /**
   * How far the replay of all entries is; {@code done} is the sum of what follows it.
   *
   * @param state as {@link ReplayProgress.State} has it, in lower case
   * @param total entries at the start
   * @param done tried so far
   * @param stored reports now
   * @param duplicates of reports stored before
   * @param stillRefused stay in quarantine
   * @param unavailable stay in quarantine for a trouble of the collector's
   * @param gone deleted meanwhile
   */
  @Schema(name = "ReplayProgress")
  record Progress(
      String state,
      long total,
      long done,
      long stored,
      long duplicates,
      long stillRefused,
      long unavailable,
      long gone) {

    static Progress of(ReplayProgress progress) {
      return new Progress(
          progress.state().name().toLowerCase(Locale.ROOT),
          progress.total(),
          progress.done(),
          progress.stored(),
          progress.duplicates(),
          progress.stillRefused(),
          progress.unavailable(),
          progress.gone());
    }
  }

  @GetMapping
  ResponseEntity<ListAnswer<QuarantineEntry>> list(HttpServletRequest request) {
    var list = PageParameters.of(Parameters.of(request, LIST_PARAMETERS));
    var cursor = list.cursor();
    var page = quarantine.list(cursor == null ? null : Cursor.ofQuarantine(cursor), list.limit());
    var last = page.last();
    return ListAnswer.of(page.items(), last == null ? null : Cursor.of(last));
  }

  @GetMapping("/{id}")
  ResponseEntity<Shown> show(@PathVariable String id) {
    var entry = quarantine.find(uuid(id)).orElseThrow(QuarantineController::unknown);
    var beginning =
        quarantine.beginning(entry.id(), PREVIEW_BYTES).orElseThrow(QuarantineController::unknown);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Shown(entry, Preview.of(beginning)));
  }

  /** The body as sent, byte for byte; never rendered by a browser, whatever it holds. */
  @GetMapping("/{id}/raw")
  ResponseEntity<byte[]> raw(@PathVariable String id) {
    var uuid = uuid(id);
    var body = quarantine.body(uuid).orElseThrow(QuarantineController::unknown);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + uuid + ".bin\"")
        .body(body);
  }

  @PostMapping("/{id}/replay")
  ResponseEntity<Replayed> replay(@PathVariable String id) {
    return switch (replay.replay(uuid(id))) {
      case ReplayOutcome.Stored(var report) -> answer(new Replayed("stored", report, null, null));
      case ReplayOutcome.Duplicate(var report) ->
          answer(new Replayed("duplicate", report, null, null));
      case ReplayOutcome.StillRefused(var reason, var detail) ->
          answer(new Replayed("refused", null, reason, detail));
      case ReplayOutcome.Unavailable(var detail) ->
          throw ApiProblem.unavailable("Nothing can be stored just now: " + detail + ".");
      case ReplayOutcome.Gone() -> throw unknown();
    };
  }

  /** Begins in the background, as thousands of entries take longer than a call should. */
  @PostMapping("/replay")
  ResponseEntity<Progress> replayAll() {
    return ResponseEntity.accepted()
        .location(URI.create("/v1/quarantine/replay"))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Progress.of(replay.replayAll()));
  }

  @GetMapping("/replay")
  ResponseEntity<Progress> progress() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Progress.of(replay.progress()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable String id) {
    if (!quarantine.delete(uuid(id))) {
      throw unknown();
    }
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<Replayed> answer(Replayed replayed) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(replayed);
  }

  private static UUID uuid(String id) {
    return Ids.parse(id).orElseThrow(QuarantineController::unknown);
  }

  private static ApiProblem unknown() {
    return ApiProblem.notFound("There is no entry with this id in quarantine.");
  }
}
