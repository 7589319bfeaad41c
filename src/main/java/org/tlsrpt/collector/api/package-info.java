/** The REST calls over the store and the record; thin, so that pages and calls say the same. */
@NullMarked
package org.tlsrpt.collector.api;

import org.jspecify.annotations.NullMarked;
