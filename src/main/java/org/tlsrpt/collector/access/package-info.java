/** Who may do what, on one screen, deny by default; and the HTTPS they may come by. */
@NullMarked
package org.tlsrpt.collector.access;

import org.jspecify.annotations.NullMarked;
