/** RFC 8460 §5.4, the front door: body in, limits, reader, store. */
@NullMarked
package org.tlsrpt.collector.intake;

import org.jspecify.annotations.NullMarked;
