package org.tlsrpt.collector.api;

/**
 * Bytes of strangers as text that is safe anywhere: printable ASCII as it is, the backslash twice,
 * any other byte as {@code \xHH}.
 */
final class Preview {

  private Preview() {}

  static String of(byte[] bytes) {
    var text = new StringBuilder();
    for (var each : bytes) {
      if (each == '\\') {
        text.append("\\\\");
      } else if (each >= ' ' && each <= '~') {
        text.append((char) each);
      } else {
        text.append("\\x%02x".formatted(each));
      }
    }
    return text.toString();
  }
}
