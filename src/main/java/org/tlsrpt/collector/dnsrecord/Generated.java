package org.tlsrpt.collector.dnsrecord;

import java.util.List;

/** What {@link RecordGenerator} made of a domain and its destinations. */
public sealed interface Generated {

  /**
   * A record to publish.
   *
   * @param name absolute owner name with the final dot: {@code _smtp._tls.example.com.}
   * @param ttl seconds
   * @param value the whole text, printable ASCII
   * @param strings the same text in pieces of at most 255 octets, as DNS stores it
   * @param notes what the operator should know; an error only in a record of {@link
   *     CollectorRecord} that no sender can use yet
   */
  @SuppressWarnings("JavaLangClash") // DNS's own word, and always written Generated.Record
  record Record(String name, int ttl, String value, List<String> strings, List<Finding> notes)
      implements Generated {

    /** Keeps the promise the formats rely on: printable ASCII, of which the strings are pieces. */
    public Record {
      strings = List.copyOf(strings);
      notes = List.copyOf(notes);
      if (!name.matches("_smtp\\._tls\\.[A-Za-z0-9._-]{1,243}")) {
        throw new IllegalArgumentException("not the owner name of a record");
      }
      if (!value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)
          || !CharacterStrings.join(strings).equals(value)
          || strings.stream().anyMatch(string -> string.length() > 255)) {
        throw new IllegalArgumentException("not the strings of a printable ASCII value");
      }
    }
  }

  /**
   * No record can be made of it.
   *
   * @param field which input is to blame: {@code domain}, {@code rua} or {@code ttl}
   * @param offending the input's offending part, bounded, without invisible characters
   * @param reason what is wrong and what to do, one or two sentences
   */
  record Refused(String field, String offending, String reason) implements Generated {}
}
