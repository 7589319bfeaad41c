/** What tests of several rooms share. */
@NullMarked
package org.tlsrpt.collector.testing;

import org.jspecify.annotations.NullMarked;
