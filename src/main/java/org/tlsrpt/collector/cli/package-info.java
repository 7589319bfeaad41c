/** Words of the command line over the same rooms, without the web server. */
@NullMarked
package org.tlsrpt.collector.cli;

import org.jspecify.annotations.NullMarked;
