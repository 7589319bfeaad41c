package org.tlsrpt.collector.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The arguments as they were typed. */
final class Arguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** What Java makes of an octet that the locale does not know. */
  private static final char LOST = '\uFFFD';

  private Arguments() {}

  /**
   * Reads arguments as UTF-8 where Java could not read them: in the locale C, usual in containers
   * and under cron, it takes every letter beyond ASCII away.
   *
   * @param args as given to {@code main}
   */
  static String[] typed(String[] args) {
    return typed(args, COMMAND_LINE);
  }

  /** The same, with the file in which the system keeps the command line of this process. */
  static String[] typed(String[] args, Path commandLine) {
    if (Arrays.stream(args).noneMatch(arg -> arg.indexOf(LOST) >= 0)) {
      return args;
    }
    try {
      var all = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8).split("\0", -1);
      // The last one is followed by a NUL too.
      int from = all.length - 1 - args.length;
      var last = from < 0 ? args : Arrays.copyOfRange(all, from, all.length - 1);
      return isSame(args, last) ? last : args;
    } catch (IOException e) {
      // There is no such file on this system: what Java read has to do.
      return args;
    }
  }

  /** Whether what Java could read is what stands there. */
  private static boolean isSame(String[] args, String[] last) {
    for (int at = 0; at < args.length; at++) {
      if (args[at].indexOf(LOST) < 0 && !args[at].equals(last[at])) {
        return false;
      }
    }
    return true;
  }
}
