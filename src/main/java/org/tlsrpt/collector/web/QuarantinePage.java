package org.tlsrpt.collector.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.tlsrpt.collector.intake.Quarantine;
import org.tlsrpt.collector.intake.QuarantineEntry;
import org.tlsrpt.collector.intake.QuarantineReplay;
import org.tlsrpt.collector.intake.ReplayOutcome;

/** What came and could not be read: why, how it begins, another try, and away with it. */
@Controller
class QuarantinePage {

  private static final int ON_A_PAGE = 50;
  private static final int SHOWN = 2_048;

  /** What an address may let the page say. */
  private static final Set<String> SAID = Set.of("deleted", "refused", "unavailable", "replaying");

  private final Quarantine quarantine;
  private final QuarantineReplay replay;

  QuarantinePage(Quarantine quarantine, QuarantineReplay replay) {
    this.quarantine = quarantine;
    this.replay = replay;
  }

  /**
   * All entries, newest first.
   *
   * @param after arrival of the last one of the page before
   * @param id of the same
   * @param said what was done just now
   */
  @GetMapping("/quarantine")
  ModelAndView list(
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable String id,
      @RequestParam(defaultValue = "") String said) {
    var page = quarantine.list(position(after, id), ON_A_PAGE);
    return new ModelAndView("quarantine")
        .addObject("entries", page.items())
        .addObject("next", page.last())
        .addObject("progress", replay.progress())
        .addObject("said", SAID.contains(said) ? said : "");
  }

  private static QuarantineEntry.@Nullable Position position(
      @Nullable String after, @Nullable String id) {
    if (after == null || id == null) {
      return null;
    }
    try {
      return new QuarantineEntry.Position(Instant.parse(after), PastedId.parse(id));
    } catch (DateTimeException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, null, e);
    }
  }

  @GetMapping("/quarantine/{id}")
  ModelAndView show(@PathVariable String id, @RequestParam(defaultValue = "") String said) {
    var uuid = PastedId.parse(id);
    var entry = quarantine.find(uuid).orElseThrow(PastedId::unknown);
    var beginning = quarantine.beginning(uuid, SHOWN).orElseThrow(PastedId::unknown);
    var text = Bytes.text(beginning);
    return new ModelAndView("quarantined")
        .addObject("entry", entry)
        .addObject("lines", Bytes.lines(beginning))
        .addObject("text", text == null ? List.of() : text.lines().toList())
        .addObject("shown", beginning.length)
        .addObject("said", SAID.contains(said) ? said : "");
  }

  @PostMapping("/quarantine/{id}/replay")
  RedirectView replay(@PathVariable String id) {
    return switch (replay.replay(PastedId.parse(id))) {
      case ReplayOutcome.Stored(var report) -> to("/reports/" + report);
      case ReplayOutcome.Duplicate(var report) -> to("/reports/" + report);
      case ReplayOutcome.StillRefused refused -> to("/quarantine/" + id + "?said=refused");
      case ReplayOutcome.Unavailable unavailable -> to("/quarantine/" + id + "?said=unavailable");
      case ReplayOutcome.Gone() -> throw PastedId.unknown();
    };
  }

  @PostMapping("/quarantine/replay/all")
  RedirectView replayAll() {
    replay.replayAll();
    return to("/quarantine?said=replaying");
  }

  @PostMapping("/quarantine/{id}/delete")
  RedirectView delete(@PathVariable String id) {
    if (!quarantine.delete(PastedId.parse(id))) {
      throw PastedId.unknown();
    }
    return to("/quarantine?said=deleted");
  }

  private static RedirectView to(String path) {
    var view = new RedirectView(path, true);
    view.setStatusCode(HttpStatus.SEE_OTHER);
    view.setExpandUriTemplateVariables(false);
    return view;
  }
}
