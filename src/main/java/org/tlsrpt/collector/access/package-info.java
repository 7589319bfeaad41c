/** Who may do what, on one screen, deny by default. */
@NullMarked
package org.tlsrpt.collector.access;

import org.jspecify.annotations.NullMarked;
