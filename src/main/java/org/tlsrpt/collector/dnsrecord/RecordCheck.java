package org.tlsrpt.collector.dnsrecord;

import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Looks a domain's record up as senders do (RFC 8460 §3), with what stands beside it, and proves
 * that destinations which are this collector take reports.
 */
@Component
public final class RecordCheck {

  RecordCheck() {}

  /**
   * Checks a domain; answers within ten seconds, whatever does not answer.
   *
   * @param domain the policy domain as typed, like {@link RecordGenerator} takes it
   * @param parts what to do beside the look-up
   * @return what was found; never an exception for what is typed, published or away
   */
  public CheckAnswer check(String domain, Set<CheckPart> parts) {
    return switch (PolicyDomain.read(domain)) {
      case PolicyDomain.Unusable(var reason) -> new CheckAnswer.Refused(Excerpt.of(domain), reason);
      case PolicyDomain.Named named -> new CheckAnswer.SwitchedOff();
    };
  }
}
