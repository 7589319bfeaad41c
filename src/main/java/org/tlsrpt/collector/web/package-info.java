/** The pages over the store and the record: server-rendered, whole without JavaScript. */
@NullMarked
package org.tlsrpt.collector.web;

import org.jspecify.annotations.NullMarked;
