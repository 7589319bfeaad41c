/** The embedded PostgreSQL that runs when no other database is named. */
@NullMarked
package org.tlsrpt.collector.database;

import org.jspecify.annotations.NullMarked;
