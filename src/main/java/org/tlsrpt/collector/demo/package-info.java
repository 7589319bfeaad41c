/** Made-up reports, for a look around before there are real ones; only with the profile demo. */
@NullMarked
package org.tlsrpt.collector.demo;

import org.jspecify.annotations.NullMarked;
