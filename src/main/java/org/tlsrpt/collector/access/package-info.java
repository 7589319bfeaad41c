/**
 * Who may do what, on one screen, deny by default; accounts and keys with their tables; and the
 * HTTPS they may come by. Other rooms learn who asks from Spring Security's Authentication alone.
 */
@NullMarked
package org.tlsrpt.collector.access;

import org.jspecify.annotations.NullMarked;
