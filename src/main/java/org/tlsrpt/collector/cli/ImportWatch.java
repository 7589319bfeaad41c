package org.tlsrpt.collector.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.intake.ImportCounts;
import org.tlsrpt.collector.intake.ImportListener;
import org.tlsrpt.collector.intake.ImportResult.Failure;

/** Says how far an import is: a bar on a terminal, a line now and then elsewhere. */
final class ImportWatch implements ImportListener, AutoCloseable {

  private static final int LINE_EVERY = 10_000;
  private static final int MOST_FAILURES = 100;
  private static final int MEGABYTE = 1_000_000;
  private static final double NANOS = 1e9;

  private final Terminal terminal;
  private final @Nullable ProgressBar bar;
  private final long begin = System.nanoTime();
  private long said;
  private int failures;
  private boolean closed;
  private volatile boolean wantsEnd;

  ImportWatch(Terminal terminal, List<Path> paths) {
    this.terminal = terminal;
    this.bar = terminal.isInteractive() ? bar(terminal, paths) : null;
  }

  private static ProgressBar bar(Terminal terminal, List<Path> paths) {
    return new ProgressBarBuilder()
        .setTaskName("import")
        .setInitialMax(paths.isEmpty() ? -1 : paths.stream().mapToLong(ImportWatch::size).sum())
        .setUnit(" MB", MEGABYTE)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.errors(), terminal.width() - 1))
        .build();
  }

  /** Bytes of all files; what cannot be looked at counts nothing. */
  private static long size(Path path) {
    var sum = new Sum();
    try {
      Files.walkFileTree(path.toRealPath(), sum);
    } catch (IOException | UncheckedIOException e) {
      // said when it is read
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void progressed(ImportCounts counts) {
    if (bar != null) {
      bar.stepTo(counts.bytes());
      bar.setExtraMessage(" " + shortWords(counts));
    } else if (counts.all() / LINE_EVERY > said / LINE_EVERY) {
      said = counts.all();
      terminal.say(words(counts));
    }
  }

  /** Beside the bar there is room for little on a terminal of 80 columns. */
  private String shortWords(ImportCounts counts) {
    var words =
        new StringBuilder().append(counts.all()).append(", ").append(rate(counts)).append("/s");
    append(words, counts.duplicates(), "duplicates");
    append(words, counts.quarantined(), "quarantined");
    append(words, counts.refused(), "refused");
    return words.toString();
  }

  private static void append(StringBuilder words, long count, String outcome) {
    if (count > 0) {
      words.append(", ").append(count).append(' ').append(outcome);
    }
  }

  private long rate(ImportCounts counts) {
    return Math.round(counts.all() / Math.max(1, (System.nanoTime() - begin) / NANOS));
  }

  private String words(ImportCounts counts) {
    return "%s (%s/s): stored %s, duplicates %s, quarantined %s, refused %s"
        .formatted(
            counts.all(),
            rate(counts),
            counts.stored(),
            counts.duplicates(),
            counts.quarantined(),
            counts.refused());
  }

  @Override
  public void failed(Failure failure) {
    failures++;
    if (failures <= MOST_FAILURES) {
      terminal.say(failure.name() + ": " + failure.reason());
    } else if (failures == MOST_FAILURES + 1) {
      terminal.say("More of these are counted and not named.");
    }
  }

  @Override
  public boolean wantsEnd() {
    return wantsEnd;
  }

  void wantEnd() {
    wantsEnd = true;
  }

  /** Draws the bar for the last time. */
  @Override
  public void close() {
    if (bar != null && !closed) {
      closed = true;
      bar.close();
    }
  }
}
