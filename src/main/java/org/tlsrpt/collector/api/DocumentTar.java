package org.tlsrpt.collector.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.StoredDocument;

/**
 * Documents as files of a {@code .tar.gz}, byte for byte as they were received. What else is known
 * of one stands in its PAX header, as extended attributes of a file.
 */
final class DocumentTar implements ItemWriter<StoredDocument> {

  private static final String ATTRIBUTE = "SCHILY.xattr.user.tlsrpt.";
  private static final int BUFFER = 64 * 1024;

  private final TarArchiveOutputStream tar;

  DocumentTar(OutputStream out) throws IOException {
    tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(out, BUFFER, true), StandardCharsets.UTF_8.name());
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  @Override
  public void write(StoredDocument document) throws IOException {
    tar.putArchiveEntry(entry(document));
    try (var inflated = inflated(document)) {
      inflated.transferTo(tar);
    }
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(StoredDocument document) throws IOException {
    var entry = new TarArchiveEntry(document.id() + ".json");
    var source = document.source();
    entry.setSize(inflatedSize(document));
    entry.setLastModifiedTime(FileTime.from(source.receivedAt()));
    attribute(entry, "receivedAt", source.receivedAt().toString());
    attribute(entry, "recipientDomain", document.recipientDomain());
    attribute(entry, "channel", source.channel());
    attribute(entry, "ip", source.ip());
    attribute(entry, "userAgent", source.userAgent());
    return entry;
  }

  private static void attribute(TarArchiveEntry entry, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      entry.addPaxHeader(ATTRIBUTE + name, value);
    }
  }

  /** Inflated twice, since the size stands before the bytes and may be some 64 MB. */
  private static long inflatedSize(StoredDocument document) throws IOException {
    try (var inflated = inflated(document)) {
      return inflated.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static GZIPInputStream inflated(StoredDocument document) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(document.gzip()), BUFFER / 4);
  }

  @Override
  public void flush() throws IOException {
    tar.flush();
  }

  @Override
  public void finish() throws IOException {
    tar.close();
  }
}
