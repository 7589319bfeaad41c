/** The packaged jar as a process of its own: killed, cut off from its database, stopped. */
@NullMarked
package org.tlsrpt.collector.jar;

import org.jspecify.annotations.NullMarked;
