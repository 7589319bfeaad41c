/** RFC 8460 §3: write, read and judge the _smtp._tls record that asks senders for reports. */
@NullMarked
package org.tlsrpt.collector.dnsrecord;

import org.jspecify.annotations.NullMarked;
