package org.tlsrpt.collector.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The whole collector on a free port, and a database of its own that can be taken away from it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "management.server.address=127.0.0.1",
      "server.address=127.0.0.1",
      "tlsrpt.intake.spool-directory=target/spool-${random.uuid}",
      "tlsrpt.admin.password=" + Http.PASSWORD
    })
@Import({ProxiedDatabase.class, Http.class})
public @interface ProxiedTest {}
