package org.tlsrpt.collector.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Takes reports that were kept elsewhere into the database, without the service. */
final class ImportWord implements Callable<Integer> {

  static final String STANDARD_INPUT = "-";

  private static final String DOMAIN = "--recipient-domain";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final Terminal terminal;
  private final Clock clock;

  private ImportWord(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * What is to be imported.
   *
   * @param paths of files and folders; none for standard input
   * @param recipientDomain of documents that come without
   * @param properties {@code --name=value} as the service takes them
   */
  record Wanted(List<Path> paths, @Nullable String recipientDomain, List<String> properties) {}

  /** The word and what it takes. */
  static CommandSpec spec(Terminal terminal, Clock clock) {
    var spec = new ImportWord(terminal, clock).spec;
    // Properties, which are told from typos below.
    spec.parser().unmatchedArgumentsAllowed(true);
    spec.usageMessage()
        .header("Stores reports that were kept elsewhere.", "")
        .synopsisHeading("")
        .customSynopsis(
            Words.CALL + " import PATH... [--recipient-domain DOMAIN] [--PROPERTY=VALUE]...",
            Words.CALL + " import -  reads an archive from standard input",
            "")
        .sortOptions(false)
        .footer(
            "",
            "Reads .tar, .tar.gz and .ndjson archives, folders of .json, .json.gz and .eml, mbox and"
                + " Maildir. Needs the database for itself if that is the embedded one; a collector"
                + " that runs imports by POST /v1/import.",
            "The same again does no harm: what is stored is not stored twice.",
            "Exit status: 0 all is stored, 1 some is not, 2 not understood.");
    return spec.addPositional(
            PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel("PATH")
                .description("A file or a folder; - alone for standard input.")
                .build())
        .addOption(
            OptionSpec.builder(DOMAIN)
                .type(String.class)
                .arity("1")
                .paramLabel("DOMAIN")
                .description("Recipient domain of reports that come without one, as mail does.")
                .build());
  }

  @Override
  public Integer call() throws Exception {
    var arguments = spec.commandLine().getParseResult();
    List<String> named = arguments.matchedPositionalValue(0, List.of());
    if (named.isEmpty()) {
      throw new Misuse("Name a file or a folder, as in: import archive.tar.gz");
    }
    if (named.contains(STANDARD_INPUT) && named.size() > 1) {
      throw new Misuse("- stands for standard input and goes with no other path.");
    }
    for (var rest : arguments.unmatched()) {
      if (!rest.matches("(?s)--[A-Za-z][\\w-]*\\.[\\w.\\[\\]-]+=.*")) {
        throw new Misuse("Unknown option: '" + rest + "'");
      }
    }
    var wanted =
        new Wanted(paths(named), arguments.matchedOptionValue(DOMAIN, null), arguments.unmatched());
    return new ImportProcess(terminal, clock).run(wanted) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static List<Path> paths(List<String> named) {
    try {
      return named.contains(STANDARD_INPUT) ? List.of() : named.stream().map(Path::of).toList();
    } catch (InvalidPathException e) {
      throw new Misuse("A path cannot be read: " + e.getMessage());
    }
  }
}
