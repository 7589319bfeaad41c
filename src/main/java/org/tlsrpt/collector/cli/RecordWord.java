package org.tlsrpt.collector.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tlsrpt.collector.dnsrecord.PublicUrl;
import org.tlsrpt.collector.dnsrecord.RecordGenerator;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The record that asks for reports (RFC 8460 §3): written for a domain, or judged. */
final class RecordWord implements Callable<Integer> {

  /** Where the service listens unless told otherwise. */
  static final String DEFAULT_URL = "http://localhost:8080";

  private static final String RUA = "--rua";
  private static final String PUBLIC_URL = "--public-url";
  private static final String TTL = "--ttl";
  private static final String FORMAT = "--format";
  private static final String LINT = "--lint";
  private static final String USUAL_TTL = "3600";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final Terminal terminal;
  private final Map<String, String> environment;

  private RecordWord(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /** The word and what it takes. */
  static CommandSpec spec(Terminal terminal, Map<String, String> environment) {
    var spec = new RecordWord(terminal, environment).spec;
    spec.usageMessage()
        .header("Writes the DNS record that asks senders for TLS reports, or judges one.", "")
        .synopsisHeading("")
        .customSynopsis(
            Words.CALL + " record DOMAIN [--rua URI]... [--ttl SECONDS] [--format FORMAT]",
            Words.CALL + " record --lint TEXT...",
            "")
        .sortOptions(false)
        .footer(
            "",
            "The record goes to standard output, what there is to know about it to standard error.",
            "Exit status: 0 done, 1 there can be no such record or it has an error, 2 not"
                + " understood.");
    return options(
        spec.addPositional(
            PositionalParamSpec.builder()
                .type(String.class)
                .arity("0..1")
                .paramLabel("DOMAIN")
                .description("Receives mail; for reports about DANE also each of its MX hosts.")
                .build()));
  }

  private static CommandSpec options(CommandSpec spec) {
    return spec.addOption(
            texts("1", "URI", RUA)
                .description(
                    "Where reports go: mailto:… or https://…, once for each; {domain} in it stands"
                        + " for the domain. Without it they come to this collector.")
                .build())
        .addOption(
            text("URL", PUBLIC_URL, "--tlsrpt.public-url")
                .description(
                    "How senders reach this collector; without it the environment variable"
                        + " TLSRPT_PUBLIC_URL says.")
                .build())
        .addOption(
            text("SECONDS", TTL)
                .description(
                    "0 to " + RecordGenerator.LONGEST_TTL + "; without it " + USUAL_TTL + ".")
                .build())
        .addOption(
            text("FORMAT", FORMAT)
                .description(String.join(", ", RecordWriter.formats()) + "; without it zone.")
                .build())
        .addOption(
            texts("1..*", "TEXT", LINT)
                .description(
                    "Judges the texts of all TXT records of one name as senders do; - stands for"
                        + " the lines of standard input. Writes the record they take in canonical"
                        + " form.")
                .build());
  }

  private static OptionSpec.Builder text(String label, String... names) {
    return OptionSpec.builder(names).type(String.class).arity("1").paramLabel(label);
  }

  private static OptionSpec.Builder texts(String arity, String label, String name) {
    return text(label, name).type(List.class).auxiliaryTypes(String.class).arity(arity);
  }

  @Override
  public Integer call() throws IOException {
    var arguments = spec.commandLine().getParseResult();
    return arguments.hasMatchedOption(LINT) ? lint(arguments) : write(arguments);
  }

  private int write(ParseResult arguments) {
    if (!arguments.hasMatchedPositional(0)) {
      throw new Misuse("Name a domain, as in: record example.com");
    }
    var writer =
        new RecordWriter(terminal, arguments.matchedOptionValue(FORMAT, "zone"), ttl(arguments));
    String domain = arguments.matchedPositionalValue(0, "");
    List<String> rua = arguments.matchedOptionValue(RUA, List.of());
    return rua.isEmpty() ? writeForHere(arguments, writer, domain) : writer.write(domain, rua);
  }

  private int writeForHere(ParseResult arguments, RecordWriter writer, String domain) {
    var given = arguments.matchedOptionValue(PUBLIC_URL, environment.get("TLSRPT_PUBLIC_URL"));
    int status = writer.write(domain, here(Objects.requireNonNullElse(given, DEFAULT_URL)));
    if (given == null && status == ExitCode.OK) {
      terminal.say(
          "warning: "
              + DEFAULT_URL
              + " stands for this collector, and no sender can reach it: give the right address by"
              + " --public-url or in the environment variable TLSRPT_PUBLIC_URL.");
    }
    return status;
  }

  private static PublicUrl here(String given) {
    try {
      return new PublicUrl(given);
    } catch (IllegalArgumentException unusable) {
      throw new Misuse(unusable.getMessage() + "; given: " + given);
    }
  }

  private static int ttl(ParseResult arguments) {
    try {
      int seconds = Integer.parseInt(arguments.matchedOptionValue(TTL, USUAL_TTL));
      if (seconds >= 0 && seconds <= RecordGenerator.LONGEST_TTL) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // said below, like a number out of range
    }
    throw new Misuse("--ttl must be a whole number from 0 to " + RecordGenerator.LONGEST_TTL + ".");
  }

  private int lint(ParseResult arguments) throws IOException {
    if (arguments.hasMatchedPositional(0)
        || Stream.of(RUA, PUBLIC_URL, TTL, FORMAT).anyMatch(arguments::hasMatchedOption)) {
      throw new Misuse("--lint judges texts and goes with nothing else.");
    }
    return new RecordJudge(terminal).judge(arguments.matchedOptionValue(LINT, List.of()));
  }
}
