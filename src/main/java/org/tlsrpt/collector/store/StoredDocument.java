package org.tlsrpt.collector.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a report as received, and what the collector knows besides.
 *
 * @param id made of the content
 * @param recipientDomain from the path it was posted to
 * @param source where it came from and when
 * @param gzip the document, compressed: one member
 */
public record StoredDocument(
    UUID id, @Nullable String recipientDomain, NewReport.Source source, byte[] gzip) {}
