package org.tlsrpt.collector.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of the command line, as users type them: an answer, an exit status and nothing else. */
class CommandLineIT {

  @TempDir(factory = Home.class, cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  private record Ran(int status, String out, String err) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          record example.com --format text      | 0 | v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/example.com
          record bücher.example --format text   | 0 | v=TLSRPTv1; rua=https://tlsrpt.example.net/v1/tlsrpt/xn--bcher-kva.example
          record example.com --format json      | 0 | "name":"_smtp._tls.example.com."
          record --help                         | 0 | mailto:… or https://…
          --help                                | 0 | java -jar tlsrpt-collector.jar WORD
          record straße.example                 | 1 | Given: straße.example
          record --lint v=TLSRPTv1;rua=a@b.c    | 1 | mailto: is missing
          record                                | 2 | Name a domain
          recrod                                | 2 | recrod is no word of the command line
          -Dtlsrpt.public-url=x                 | 2 | Unknown option
          """)
  void answersAndLeavesNothingBehind(String args, int status, String answer) throws Exception {
    var ran = run(List.of(), ProcessBuilder.Redirect.PIPE, args.split(" "));

    assertThat(status == 0 ? ran.out() : ran.err()).contains(answer);
    assertThat(status == 0 ? ran.err() : ran.out()).doesNotContain("Exception", "\tat ");
    assertThat(ran.status()).isEqualTo(status);
    try (var made = Files.list(home)) {
      assertThat(made).as("no data, no spool, no log").isEmpty();
    }
  }

  @Test
  void saysTheVersionOfTheJar() throws Exception {
    assertThat(run(List.of(), ProcessBuilder.Redirect.PIPE, "--version").out())
        .matches("tlsrpt-collector \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  /** What takes long to load; how long a start takes depends on the machine. */
  @ParameterizedTest
  @CsvSource({"zone", "json"})
  void startsWithoutSpringHibernateOrDatabinding(String format) throws Exception {
    var log = Files.createTempFile(home, "classes-", ".txt");

    run(
        List.of("-Xlog:class+load:file=" + log),
        ProcessBuilder.Redirect.PIPE,
        "record",
        "example.com",
        "--format",
        format);

    assertThat(Files.readString(log))
        .contains("org.tlsrpt.collector.cli.Words ")
        .doesNotContain(
            "org.springframework.boot.SpringApplication",
            "org.springframework.context",
            "org.hibernate",
            "org.apache",
            "tools.jackson.databind");
    assertThat(Files.readAllLines(log)).hasSizeLessThan(2_500);
  }

  @Test
  void saysThatTheDiskIsFull() throws Exception {
    var full = new File("/dev/full");
    assumeThat(full).exists();

    var ran = run(List.of(), ProcessBuilder.Redirect.to(full), "record", "example.com");

    assertThat(ran.err()).contains("could not be written to standard output");
    assertThat(ran.status()).isEqualTo(1);
  }

  /** In the locale of containers and cron, which knows ASCII only. */
  private Ran run(List<String> options, ProcessBuilder.Redirect out, String... args)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", Jar.FILE.toString()));
    command.addAll(List.of(args));
    var err = Files.createTempFile("command-line-", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out)
            .redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TLSRPT_PUBLIC_URL", "https://tlsrpt.example.net");
    var process = builder.start();
    try {
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
      return new Ran(process.exitValue(), said, Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.delete(err);
    }
  }
}
