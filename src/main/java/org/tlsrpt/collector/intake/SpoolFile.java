package org.tlsrpt.collector.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tlsrpt.collector.store.NewReport.Source;

/**
 * One delivery as a file. All numbers are big-endian:
 *
 * <pre>
 * 8  "TLSRPTS" and the version of this format, 1
 * 4  length of the header
 * 4  length of the body
 *    header: id (16), arrival (8 seconds, 4 nanoseconds), then texts, each 4 length (-1: none) and
 *    UTF-8: channel, address, user agent, content type, content encoding, recipient domain
 *    body as sent
 * 4  CRC32C of everything before
 * </pre>
 */
final class SpoolFile {

  private static final long MAGIC = 0x544C_5352_5054_5301L;
  private static final int PREFIX = 16;
  private static final int CHECKSUM = 4;

  /** Java keeps a buffer outside the heap as large as the largest piece, for each thread. */
  private static final int PIECE = 64 * 1024;

  private final byte[] head;
  private final byte[] body;

  private SpoolFile(byte[] head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  /** What a file turns out to hold. */
  sealed interface Content {

    /**
     * All that was put.
     *
     * @param id the one promised
     * @param delivery as it came
     */
    record Whole(UUID id, Delivery delivery) implements Content {}

    /**
     * Not what was put.
     *
     * @param reason for the log
     */
    record Torn(String reason) implements Content {}

    /** There is no such file any more. */
    record Gone() implements Content {}
  }

  static SpoolFile of(UUID id, Delivery delivery) {
    var header = header(id, delivery);
    var head =
        ByteBuffer.allocate(PREFIX + header.length)
            .putLong(MAGIC)
            .putInt(header.length)
            .putInt(delivery.body().length)
            .put(header);
    return new SpoolFile(head.array(), delivery.body());
  }

  /** Bytes of the file. */
  long length() {
    return (long) head.length + body.length + CHECKSUM;
  }

  void writeTo(WritableByteChannel channel) throws IOException {
    var checksum = new CRC32C();
    checksum.update(head);
    checksum.update(body);
    write(channel, head);
    write(channel, body);
    write(channel, ByteBuffer.allocate(CHECKSUM).putInt((int) checksum.getValue()).array());
  }

  private static void write(WritableByteChannel channel, byte[] bytes) throws IOException {
    for (var from = 0; from < bytes.length; from += PIECE) {
      var piece = ByteBuffer.wrap(bytes, from, Math.min(PIECE, bytes.length - from));
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    }
  }

  /**
   * Reads a file and believes nothing of it before its checksum is right.
   *
   * @throws IOException if the disk does not give it out; it may be whole all the same
   */
  static Content read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, READ)) {
      var size = channel.size();
      if (size < PREFIX + CHECKSUM) {
        return new Content.Torn("it ends after " + size + " bytes");
      }
      return read(new Input(channel), size);
    } catch (NoSuchFileException e) {
      return new Content.Gone();
    } catch (EOFException e) {
      return new Content.Torn("it became shorter");
    }
  }

  private static Content read(Input input, long size) throws IOException {
    var prefix = ByteBuffer.wrap(input.take(PREFIX));
    if (prefix.getLong() != MAGIC) {
      return new Content.Torn("it does not begin like a delivery of version 1");
    }
    var header = prefix.getInt();
    var body = prefix.getInt();
    if (header < 0 || body < 0 || (long) PREFIX + header + body + CHECKSUM != size) {
      return new Content.Torn("its length is not the one it names");
    }
    var headerBytes = input.take(header);
    var bodyBytes = input.take(body);
    var sum = (int) input.checksum.getValue();
    return ByteBuffer.wrap(input.take(CHECKSUM)).getInt() == sum
        ? parse(headerBytes, bodyBytes)
        : new Content.Torn("its checksum is wrong");
  }

  private static final class Input {

    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();

    Input(FileChannel channel) {
      this.channel = channel;
    }

    byte[] take(int length) throws IOException {
      var bytes = new byte[length];
      for (var from = 0; from < length; ) {
        var read = channel.read(ByteBuffer.wrap(bytes, from, Math.min(PIECE, length - from)));
        if (read < 0) {
          throw new EOFException();
        }
        from += read;
      }
      checksum.update(bytes);
      return bytes;
    }
  }

  private static byte[] header(UUID id, Delivery delivery) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
      var source = delivery.source();
      var receivedAt = source.receivedAt();
      out.writeLong(receivedAt.getEpochSecond());
      out.writeInt(receivedAt.getNano());
      writeText(out, source.channel());
      writeText(out, source.ip());
      writeText(out, source.userAgent());
      writeText(out, delivery.headers().contentType());
      writeText(out, delivery.headers().contentEncoding());
      writeText(out, delivery.recipientDomain());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    var bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Content parse(byte[] header, byte[] body) {
    try (var in = new DataInputStream(new ByteArrayInputStream(header))) {
      var id = new UUID(in.readLong(), in.readLong());
      var receivedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
      var channel = readText(in);
      if (channel == null) {
        return new Content.Torn("its header names no channel");
      }
      var source = new Source(channel, readText(in), readText(in), receivedAt);
      var headers = new Delivery.Headers(readText(in), readText(in));
      return new Content.Whole(id, new Delivery(body, source, headers, readText(in)));
    } catch (IOException | DateTimeException e) {
      return new Content.Torn("its header cannot be read");
    }
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    var length = in.readInt();
    if (length < 0) {
      return null;
    }
    if (length > in.available()) {
      throw new EOFException();
    }
    return new String(in.readNBytes(length), UTF_8);
  }
}
