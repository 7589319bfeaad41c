package org.tlsrpt.collector.dnsrecord;

/**
 * One thing to know about a record.
 *
 * @param severity how much it matters
 * @param rule the rule behind it: {@code RFC 8460 §3}; {@code interoperability} where no standard
 *     says it but a known sender needs it
 * @param path the place: {@code rua[0]} for a destination, {@code records[1]} for a record, {@code
 *     records[1]:17} for its character 17 (counted from 0), {@code records} or {@code rua} for all
 *     of them; in notes of the generator also {@code domain}, {@code ttl} and {@code record}
 * @param message what is wrong and what to do, bounded, without control characters
 */
public record Finding(Severity severity, String rule, String path, String message) {}
