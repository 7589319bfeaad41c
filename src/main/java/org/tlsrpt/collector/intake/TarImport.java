package org.tlsrpt.collector.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files in a tar archive. Names are never paths here: nothing is written anywhere, they are
 * only said of what cannot be stored.
 */
final class TarImport {

  private static final String ATTRIBUTE = "SCHILY.xattr.user.tlsrpt.";

  /** Names and attributes of one entry; the library would take any number of bytes of them. */
  private static final int LARGEST_HEADERS = 1024 * 1024;

  /** Entries in a row that are no files: an archive of nothing. */
  private static final int MOST_OTHERS = 10_000;

  /** Bytes of files that are too large. */
  private static final long MOST_WASTE = 16L * 1024 * 1024 * 1024;

  private final ImportRun run;
  private final ImportLimits limits;
  private int others;
  private long waste;

  TarImport(ImportRun run, ImportLimits limits) {
    this.run = run;
    this.limits = limits;
  }

  void read(String archive, InputStream in) throws IOException {
    var guard = new Guard(in);
    // Not closed: the stream is not ours.
    var tar = new TarArchiveInputStream(guard, StandardCharsets.UTF_8.name());
    var left = 0L;
    TarArchiveEntry entry;
    while ((entry = next(tar, guard, left)) != null) {
      guard.allow(Long.MAX_VALUE);
      left = entry(archive + ":" + entry.getName(), entry, tar);
      if (others > MOST_OTHERS || waste > MOST_WASTE) {
        throw new IOException("it holds too much that is no report");
      }
    }
  }

  /** The library skips what is left of an entry before it reads the next one's head. */
  private static TarArchiveEntry next(TarArchiveInputStream tar, Guard guard, long left)
      throws IOException {
    guard.allow(left + LARGEST_HEADERS);
    return tar.getNextEntry();
  }

  /** Delivers an entry or says why not; gives back how many of its bytes were not read. */
  private long entry(String name, TarArchiveEntry entry, InputStream in) throws IOException {
    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      others++;
      if (!entry.isDirectory()) {
        run.refuse(name, "It is no regular file.");
      }
      waste += entry.getSize();
      return entry.getSize();
    }
    if (entry.getSize() > limits.inflated()) {
      run.refuse(name, "It is larger than a report may be.");
      waste += entry.getSize();
      return entry.getSize();
    }
    var body = in.readNBytes((int) entry.getSize());
    if (body.length < entry.getSize()) {
      throw new IOException("the archive ends within a file");
    }
    others = 0;
    run.found(name, body, origin(entry));
    return 0;
  }

  private static Origin origin(TarArchiveEntry entry) {
    return Origin.of(
        entry.getExtraPaxHeader(ATTRIBUTE + "recipientDomain"),
        entry.getExtraPaxHeader(ATTRIBUTE + "receivedAt"),
        entry.getExtraPaxHeader(ATTRIBUTE + "ip"),
        entry.getExtraPaxHeader(ATTRIBUTE + "userAgent"));
  }

  /** Ends the reading of what is longer than it may be. */
  private static final class Guard extends FilterInputStream {

    private long left;

    Guard(InputStream in) {
      super(in);
    }

    void allow(long bytes) {
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      var read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      var read = super.read(bytes, from, length);
      count(read);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      var skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      left -= Math.max(0, bytes);
      if (left < 0) {
        throw new IOException("the head of a file is longer than " + LARGEST_HEADERS + " bytes");
      }
    }
  }
}
