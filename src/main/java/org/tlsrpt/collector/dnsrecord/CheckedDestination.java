package org.tlsrpt.collector.dnsrecord;

import org.jspecify.annotations.Nullable;

/**
 * One destination of a record.
 *
 * @param uri as written
 * @param here whether it is this collector: an https URI whose host, port and path begin as {@code
 *     tlsrpt.public-url} does
 * @param probe what became of probe reports; null if it is not this collector, or none was asked
 *     for
 */
public record CheckedDestination(String uri, boolean here, @Nullable Probe probe) {}
