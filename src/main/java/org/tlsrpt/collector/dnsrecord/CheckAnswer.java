package org.tlsrpt.collector.dnsrecord;

import java.util.List;

/** What {@link RecordCheck} answers. */
public sealed interface CheckAnswer {

  /**
   * The domain was looked up.
   *
   * @param domain the policy domain, A-labels, lower-case, no final dot
   * @param notes how that differs from what was typed
   * @param record the record at {@code _smtp._tls.<domain>}
   * @param destinations its destinations in order; empty unless it has some
   * @param mtaSts the domain's MTA-STS policy
   * @param mx its MX hosts and their TLSA records
   * @param standing the three together
   */
  record Checked(
      String domain,
      List<Finding> notes,
      CheckedRecord record,
      List<CheckedDestination> destinations,
      MtaSts mtaSts,
      MxHosts mx,
      Standing standing)
      implements CheckAnswer {

    /** Copies the lists, so that the answer does not change afterwards. */
    public Checked {
      notes = List.copyOf(notes);
      destinations = List.copyOf(destinations);
    }
  }

  /**
   * There is no such domain to look up.
   *
   * @param offending what was typed, bounded, without invisible characters
   * @param reason what is wrong and what to do, one or two sentences
   */
  record Refused(String offending, String reason) implements CheckAnswer {}

  /** Too many checks are under way; the same one may succeed in some seconds. */
  record Busy() implements CheckAnswer {}

  /** The operator forbids look-ups ({@code tlsrpt.check.outgoing}). */
  record SwitchedOff() implements CheckAnswer {}
}
