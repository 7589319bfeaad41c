package org.tlsrpt.collector.store;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets jobs begin by themselves, each time on a thread of its own. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Jobs {}
