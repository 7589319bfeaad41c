package org.tlsrpt.collector.cli;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: a word and what it takes. Exit status: 0 done, 1 it cannot be or is wrong, 2
 * not understood.
 *
 * <p>Words are described by calls and not by annotations: nothing is set by reflection.
 */
public final class Words {

  static final String CALL = "java -jar tlsrpt-collector.jar";

  private static final String HELP = "--help";
  private static final String VERSION = "--version";

  private Words() {}

  /**
   * Whether arguments are for the command line. What begins with two hyphens is a property of the
   * service, but for {@code --help} and {@code --version}.
   *
   * @param args as given to {@code main}
   */
  public static boolean begin(String[] args) {
    return args.length > 0
        && !args[0].isEmpty()
        && (!args[0].startsWith("--") || Set.of(HELP, VERSION).contains(args[0]));
  }

  /**
   * Does what a word says.
   *
   * @param args as given to {@code main}
   * @param clock for words that store something
   * @return the exit status
   */
  public static int run(String[] args, Clock clock) {
    return run(Arguments.typed(args), Terminal.system(), System.getenv(), clock);
  }

  static int run(String[] args, Terminal terminal, Map<String, String> environment, Clock clock) {
    int status = commandLine(terminal, environment, clock).execute(args);
    if (terminal.flush()) {
      return status;
    }
    terminal.say("error: The answer could not be written to standard output.");
    return ExitCode.SOFTWARE;
  }

  /** A new word is a class, and a line here. */
  private static CommandSpec words(
      Terminal terminal, Map<String, String> environment, Clock clock) {
    return spec()
        .addOption(
            OptionSpec.builder("-V", VERSION)
                .versionHelp(true)
                .description("Show the version.")
                .build())
        .addSubcommand("record", RecordWord.spec(terminal, environment))
        .addSubcommand("import", ImportWord.spec(terminal, clock));
  }

  private static CommandSpec spec() {
    var spec = CommandSpec.create().name(CALL).version("tlsrpt-collector " + version());
    spec.usageMessage()
        .synopsisHeading("")
        .customSynopsis(
            CALL + " [--PROPERTY=VALUE]...  runs the service",
            CALL + " WORD ...               does what it says, without it",
            "")
        .commandListHeading("%nWords:%n");
    return spec;
  }

  private static CommandLine commandLine(
      Terminal terminal, Map<String, String> environment, Clock clock) {
    var words = words(terminal, environment, clock);
    words.subcommands().values().forEach(word -> addHelp(word.getCommandSpec()));
    addHelp(words);
    return new CommandLine(words)
        .setOut(terminal.writer())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUnmatchedOptionsAllowedAsOptionParameters(false) // a typo is no text to judge
        .setExpandAtFiles(false) // an argument is text, never the name of a file to read
        .setInterpolateVariables(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler((e, args) -> explain(e, terminal))
        .setExecutionExceptionHandler((e, word, result) -> giveUp(e, word, terminal));
  }

  private static void addHelp(CommandSpec word) {
    word.addOption(
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Show this.").build());
  }

  private static int explain(ParameterException e, Terminal terminal) {
    return misused(isNoWord(e) ? noWord(e) : e.getMessage(), e.getCommandLine(), terminal);
  }

  private static int misused(@Nullable String message, CommandLine word, Terminal terminal) {
    terminal.say("error: " + message);
    terminal.say("Try: " + word.getCommandSpec().qualifiedName() + " " + HELP);
    return ExitCode.USAGE;
  }

  private static boolean isNoWord(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        && e.getCommandLine().getParent() == null
        && !unmatched.isUnknownOption();
  }

  private static String noWord(ParameterException e) {
    var unmatched = (UnmatchedArgumentException) e;
    var words = String.join(", ", e.getCommandLine().getSubcommands().keySet());
    return "%s is no word of the command line; there are: %s. A property is written --name=value."
        .formatted(unmatched.getUnmatched().getFirst(), words);
  }

  private static int giveUp(Exception e, CommandLine word, Terminal terminal) {
    if (e instanceof Misuse) {
      return misused(e.getMessage(), word, terminal);
    }
    terminal.say("error: " + e);
    return ExitCode.SOFTWARE;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Words.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
