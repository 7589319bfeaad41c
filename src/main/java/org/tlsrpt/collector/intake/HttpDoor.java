package org.tlsrpt.collector.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.tlsrpt.collector.intake.BodyReader.Body;
import org.tlsrpt.collector.intake.Journal.Entry;
import org.tlsrpt.collector.intake.Outcome.Reason;
import org.tlsrpt.collector.report.Note;
import org.tlsrpt.collector.store.NewReport.Source;

/** Makes a delivery of a POST, within what its source and all of them together may ask. */
@Component
class HttpDoor {

  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  private static final String CHANNEL = "https";

  private final Intake intake;
  private final IntakeProperties properties;
  private final Sources sources;
  private final Journal journal;
  private final SpoolDrain drain;
  private final BodyReader bodies;
  private final Clock clock;

  HttpDoor(
      Intake intake,
      IntakeProperties properties,
      Sources sources,
      Journal journal,
      SpoolDrain drain,
      BodyReader bodies,
      Clock clock) {
    this.intake = intake;
    this.properties = properties;
    this.sources = sources;
    this.journal = journal;
    this.drain = drain;
    this.bodies = bodies;
    this.clock = clock;
  }

  /**
   * Takes a delivery and writes it down in the journal, whatever becomes of it.
   *
   * @param recipient the last part of the path, if any
   */
  Outcome take(@Nullable String recipient, HttpServletRequest request) {
    var begun = System.nanoTime();
    journal.received(CHANNEL);
    var domain = recipient == null ? null : RecipientDomain.normalize(recipient);
    var taken = new Taken(recipient != null && domain == null, domain, request);
    var outcome = taken.outcome();
    var took = Duration.ofNanos(System.nanoTime() - begun);
    write(new Entry(CHANNEL, taken.address, domain, taken.bytes, took), outcome);
    return outcome;
  }

  /** One POST on its way in. */
  private final class Taken {

    private final boolean noDomain;
    private final @Nullable String domain;
    private final HttpServletRequest request;
    private final @Nullable String address;
    private int bytes;

    Taken(boolean noDomain, @Nullable String domain, HttpServletRequest request) {
      this.noDomain = noDomain;
      this.domain = domain;
      this.request = request;
      this.address = StorableText.address(request.getRemoteAddr());
    }

    Outcome outcome() {
      if (noDomain) {
        return refused(Reason.NOT_SERVED, "The last part of the path is not a domain name.");
      }
      if (domain != null && !properties.serves(domain)) {
        return refused(Reason.NOT_SERVED, "Reports for this domain are not taken here.");
      }
      try (var admission = sources.admit(request.getRemoteAddr())) {
        if (admission == null) {
          return new Outcome.Flooded();
        }
        var outcome = read(admission.name());
        if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.Quarantined) {
          admission.chargeRefusal();
        }
        return outcome;
      } catch (IOException e) {
        return new Outcome.Aborted();
      }
    }

    private Outcome read(String source) throws IOException {
      var waitsForGo = request.getHeader(HttpHeaders.EXPECT) != null;
      var announced = request.getContentLengthLong();
      return switch (bodies.read(source, request.getInputStream(), announced, waitsForGo)) {
        case Body.TooLarge() ->
            refused(
                Reason.BODY_TOO_LARGE,
                "The body is larger than the " + properties.maxBodySize() + " taken here.");
        case Body.TooSlow() -> new Outcome.Unavailable("the body did not arrive in time", null);
        case Body.NoRoom() ->
            new Outcome.Unavailable("other large deliveries hold the memory", null);
        case Body.Whole whole -> {
          try (whole) {
            bytes = whole.bytes().length;
            var nonce = ProbeReport.nonceOf(request.getHeader(ProbeReport.HEADER), whole.bytes());
            yield nonce == null
                ? intake.accept(delivery(whole.bytes()))
                : new Outcome.Probed(nonce);
          }
        }
      };
    }

    private Delivery delivery(byte[] body) {
      var source =
          new Source(
              CHANNEL,
              address,
              StorableText.of(request.getHeader(HttpHeaders.USER_AGENT)),
              clock.instant());
      var headers =
          new Delivery.Headers(
              StorableText.of(request.getHeader(HttpHeaders.CONTENT_TYPE)),
              StorableText.of(request.getHeader(HttpHeaders.CONTENT_ENCODING)));
      return new Delivery(body, source, headers, domain);
    }

    private static Outcome refused(Reason reason, String detail) {
      return new Outcome.Refused(reason, detail);
    }
  }

  private void write(Entry entry, Outcome outcome) {
    switch (outcome) {
      case Outcome.Stored(var id, var notes) -> {
        // The database is there: what waits for it need not wait any longer.
        drain.wake();
        journal.ended(entry, "stored", "id=" + id, notes);
      }
      case Outcome.Duplicate(var id, var notes) ->
          journal.ended(entry, "duplicate", "id=" + id, notes);
      case Outcome.Spooled(var id) -> ended(entry, "spooled", "id=" + id);
      case Outcome.Quarantined(var reason, var detail, var id) ->
          ended(entry, "quarantined", "reason=" + reason + " id=" + id);
      case Outcome.Refused(var reason, var detail) -> ended(entry, "refused", "reason=" + reason);
      case Outcome.Probed(var nonce) -> ended(entry, "probed", "reason=PROBE");
      case Outcome.Flooded() -> ended(entry, "flooded", "reason=SHARE");
      case Outcome.Aborted() -> ended(entry, "aborted", "reason=CONNECTION");
      case Outcome.Unavailable(var detail, var ifSpooled) -> {
        log.warn("A delivery from {} was not taken: {}", entry.source(), detail);
        ended(entry, "unavailable", "reason=UNAVAILABLE");
      }
    }
  }

  private void ended(Entry entry, String outcome, String which) {
    journal.ended(entry, outcome, which, List.<Note>of());
  }
}
