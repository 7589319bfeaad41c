package org.tlsrpt.collector.api;

import java.util.List;
import java.util.UUID;
import org.tlsrpt.collector.report.Note;

/**
 * The shape of what the intake answers, for the description of the API.
 *
 * @param id made of the content
 * @param status {@code stored}, {@code duplicate}, {@code spooled} or {@code probe}
 * @param notes what was put right
 */
record ApiReceipt(UUID id, String status, List<Note> notes) {}
