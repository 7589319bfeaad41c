package org.tlsrpt.collector.report;

/**
 * One deviation from RFC 8460 that was put right while reading a report.
 *
 * @param code stable kebab-case word, for machines: {@code date-no-zone}
 * @param path where in the document: {@code date-range.start-datetime}, {@code
 *     policies[0].policy.mx-host}; empty for the whole document
 * @param message what was found and what was stored instead, one sentence, bounded, without control
 *     characters
 */
public record Note(String code, String path, String message) {}
