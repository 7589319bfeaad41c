package org.tlsrpt.collector.intake;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files, and all files in folders. Links within folders are not followed, so there are no loops; of
 * a Maildir only what is in {@code new} and {@code cur} is mail.
 */
final class ImportFolders {

  private static final int DEEPEST = 64;

  private final ImportRun run;
  private final ImportReader reader;

  ImportFolders(ImportRun run, ImportReader reader) {
    this.run = run;
    this.reader = reader;
  }

  void walk(List<Path> paths) throws ImportRun.Stopped {
    for (var path : paths) {
      walk(path);
    }
  }

  private void walk(Path path) throws ImportRun.Stopped {
    try {
      // What is named may be a link, what is found may not.
      Files.walkFileTree(
          path.toRealPath(), EnumSet.noneOf(FileVisitOption.class), DEEPEST, new All());
    } catch (ImportRun.Stopped e) {
      throw e;
    } catch (IOException e) {
      run.refuse(path.toString(), unreadable(e));
    }
  }

  private static String unreadable(IOException e) {
    return "It cannot be read: " + e;
  }

  private final class All extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      var parent = folder.getParent();
      return folder.endsWith("tmp") && parent != null && isMaildir(parent)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      var parent = file.getParent();
      if (attributes.isRegularFile()) {
        if (parent == null || !isMaildir(parent)) {
          reader.file(file, attributes.size());
        }
      } else {
        run.refuse(
            file.toString(),
            attributes.isSymbolicLink()
                ? "It is a symbolic link, which is not followed; name it by itself."
                : attributes.isDirectory() ? "It lies too deep." : "It is no regular file.");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      run.refuse(file.toString(), unreadable(e));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e instanceof ImportRun.Stopped stopped) {
        throw stopped;
      }
      if (e != null) {
        run.refuse(folder.toString(), unreadable(e));
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isMaildir(Path folder) {
      return Files.isDirectory(folder.resolve("cur"), LinkOption.NOFOLLOW_LINKS)
          && Files.isDirectory(folder.resolve("new"), LinkOption.NOFOLLOW_LINKS);
    }
  }
}
