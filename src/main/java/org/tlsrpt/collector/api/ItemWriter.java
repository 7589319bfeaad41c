package org.tlsrpt.collector.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SequenceWriter;

/** Writes the items of an export one by one. */
sealed interface ItemWriter<T> permits ItemWriter.Json, ItemWriter.Csv, DocumentTar {

  /** Writes one more. */
  void write(T item) throws IOException;

  /** Sends what is held back. */
  void flush() throws IOException;

  /** Ends the format and the stream; only when all items are written. */
  void finish() throws IOException;

  /** Makes the writer of an export when there is a stream to write to. */
  @FunctionalInterface
  interface Factory<T> {

    /** Begins to write. */
    ItemWriter<T> on(OutputStream out) throws IOException;
  }

  /** A JSON text each, in a line of its own. */
  final class Json<T> implements ItemWriter<T> {

    private final OutputStream out;
    private final Function<T, byte[]> text;

    Json(OutputStream out, Function<T, byte[]> text) {
      this.out = out;
      this.text = text;
    }

    @Override
    public void write(T item) throws IOException {
      out.write(text.apply(item));
      out.write('\n');
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      out.close();
    }
  }

  /** A line of cells each. */
  final class Csv<T> implements ItemWriter<T> {

    private final OutputStream out;
    private final SequenceWriter lines;
    private final Function<T, List<@Nullable Object>> cells;

    Csv(OutputStream out, SequenceWriter lines, Function<T, List<@Nullable Object>> cells) {
      this.out = out;
      this.lines = lines;
      this.cells = cells;
    }

    @Override
    public void write(T item) {
      lines.write(cells.apply(item).stream().map(Csv::harmless).toList());
    }

    private static @Nullable Object harmless(@Nullable Object cell) {
      return switch (cell) {
        case null -> null;
        case Number number -> number;
        default -> SpreadsheetText.harmless(cell.toString());
      };
    }

    @Override
    public void flush() throws IOException {
      lines.flush();
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      lines.close();
      out.close();
    }
  }
}
