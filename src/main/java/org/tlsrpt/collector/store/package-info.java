/** Everything in PostgreSQL about reports: save once, find, sum up, expire. */
@NullMarked
package org.tlsrpt.collector.store;

import org.jspecify.annotations.NullMarked;
