package org.tlsrpt.collector;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.tlsrpt.collector.cli.Words;

/** Takes SMTP TLS reports (RFC 8460), keeps them and answers questions about them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CollectorApplication {

  /**
   * Starts the service, or does what a word of the command line says.
   *
   * @param args Spring Boot's command line, {@code --property=value}, or a word and what it takes
   */
  public static void main(String[] args) {
    if (Words.begin(args)) {
      System.exit(Words.run(args, Clock.systemUTC()));
    }
    SpringApplication.run(CollectorApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
