package org.tlsrpt.collector.cli;

import java.io.StringWriter;
import java.util.Locale;
import org.tlsrpt.collector.dnsrecord.Finding;
import org.tlsrpt.collector.dnsrecord.Generated;
import org.tlsrpt.collector.dnsrecord.RecordFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A record as {@code GET /v1/record} answers it. Written member by member: Jackson's databind takes
 * half a second to begin.
 */
final class RecordJson {

  private RecordJson() {}

  /** One JSON object, in one line. */
  static String write(Generated.Record record) {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("name", record.name());
      json.writeStringProperty("type", "TXT");
      json.writeNumberProperty("ttl", record.ttl());
      json.writeStringProperty("value", record.value());
      json.writeArrayPropertyStart("strings");
      record.strings().forEach(json::writeString);
      json.writeEndArray();
      json.writeStringProperty("zone", RecordFormat.ZONE.render(record));
      json.writeArrayPropertyStart("notes");
      record.notes().forEach(note -> write(note, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Finding note, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("severity", note.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("rule", note.rule());
    json.writeStringProperty("path", note.path());
    json.writeStringProperty("message", note.message());
    json.writeEndObject();
  }
}
