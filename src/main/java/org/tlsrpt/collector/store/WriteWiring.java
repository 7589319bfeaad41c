package org.tlsrpt.collector.store;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** What writing reports needs and nothing else, for a process that does nothing else. */
@Import({ReportArchive.class, WritePool.class})
@EnableConfigurationProperties(WritePool.Settings.class)
public class WriteWiring {}
