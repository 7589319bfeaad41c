package org.tlsrpt.collector.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jline.terminal.TerminalBuilder;
import org.tlsrpt.collector.dnsrecord.Excerpt;
import org.tlsrpt.collector.dnsrecord.Finding;

/**
 * Where a word reads and writes: UTF-8 whatever the locale says. What it asked for goes to standard
 * output, all else to standard error, where nothing from outside can command the terminal.
 */
final class Terminal {

  private static final int USUAL_WIDTH = 80;

  /** What terminals say that do not know: none, or a single column. */
  private static final int NO_WIDTH = 1;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  Terminal(InputStream in, OutputStream out, OutputStream err) {
    this.in = in;
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  /** The one of this process. */
  static Terminal system() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err));
  }

  /** Writes a result: text of ours, printable, with or without line ends inside. */
  void print(String text) {
    out.print(text);
    out.print('\n');
  }

  /** Takes results that others write, such as the help. */
  PrintWriter writer() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** Says something to the person who asked; bounded, in one line. */
  void say(String words) {
    err.print(Excerpt.line(words));
    err.print('\n');
  }

  /** Says what was found, one line for each. */
  void say(Finding finding) {
    say(
        "%s: %s: %s (%s)"
            .formatted(
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.path(),
                finding.message(),
                finding.rule()));
  }

  /**
   * Writes what is still held back.
   *
   * @return whether all of the result went out: a disk may be full, a pipe closed
   */
  boolean flush() {
    return !out.checkError();
  }

  /** Whether a person watches: what moves is of no use in a file. */
  @SuppressWarnings("SystemConsoleNull") // it is null where -Djdk.console says so
  boolean isInteractive() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Columns of the terminal of a person who watches; 80 if it does not say. Asked without taking
   * over Ctrl-C, which must still end an import in good order.
   */
  int width() {
    try (var terminal =
        TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build()) {
      return terminal.getWidth() > NO_WIDTH ? terminal.getWidth() : USUAL_WIDTH;
    } catch (IOException e) {
      return USUAL_WIDTH;
    }
  }

  /** Where what moves is drawn; text of ours only. */
  PrintStream errors() {
    return err;
  }

  /** Standard input, of any length. */
  InputStream input() {
    return in;
  }

  /**
   * Reads standard input.
   *
   * @return its first octets, at most so many
   */
  byte[] read(int atMost) throws IOException {
    return in.readNBytes(atMost);
  }
}
