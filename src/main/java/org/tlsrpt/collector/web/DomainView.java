package org.tlsrpt.collector.web;

import java.util.List;
import org.tlsrpt.collector.store.FailureGroup;

/**
 * What the page of one domain shows besides its sums.
 *
 * @param reporters who reported on which day
 * @param policies as senders saw them, by type and mode
 * @param timeline failures by result type and MX
 * @param failing what fails, by result type, MX and reason code
 */
record DomainView(
    List<Strip> reporters,
    List<Strip> policies,
    List<Strip> timeline,
    List<FailureGroup> failing) {}
