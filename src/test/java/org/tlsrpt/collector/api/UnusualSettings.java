package org.tlsrpt.collector.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;
import org.tlsrpt.collector.testing.CollectorTest;

/** A collector that is set otherwise; one context for all tests that need one of these settings. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@CollectorTest
@TestPropertySource(
    properties = {
      "tlsrpt.check.outgoing=",
      "tlsrpt.query.timeout=300ms",
      "tlsrpt.cors.allowed-origins=https://grafana.example.net,http://localhost:3000"
    })
@interface UnusualSettings {}
