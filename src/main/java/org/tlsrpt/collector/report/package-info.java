/** RFC 8460 §4: the report, and the tolerant reader that makes it from bytes. */
@NullMarked
package org.tlsrpt.collector.report;

import org.jspecify.annotations.NullMarked;
