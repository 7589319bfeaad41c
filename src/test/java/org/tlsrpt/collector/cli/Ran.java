package org.tlsrpt.collector.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Map;

/** What came of a command line. */
record Ran(int status, String out, String err) {

  /** Runs it with an address of the collector in the environment. */
  static Ran run(String... args) {
    return run(Map.of("TLSRPT_PUBLIC_URL", "https://tlsrpt.example.net"), "", args);
  }

  static Ran run(Map<String, String> environment, String input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal = new Terminal(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err);
    int status = Words.run(args, terminal, environment, Clock.systemUTC());
    return new Ran(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
