/** The application: what starts, and the one clock everything asks. */
@NullMarked
package org.tlsrpt.collector;

import org.jspecify.annotations.NullMarked;
