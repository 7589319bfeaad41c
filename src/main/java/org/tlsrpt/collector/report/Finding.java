package org.tlsrpt.collector.report;

/**
 * One thing the author of a sender should know about a report.
 *
 * @param severity how much it matters
 * @param rule the rule behind it: {@code RFC 8460 §4.4}; empty if it is about the findings
 *     themselves
 * @param path where in the document, as in {@link Note#path}
 * @param message what was found, one sentence, bounded, without control characters
 */
public record Finding(Severity severity, String rule, String path, String message) {}
