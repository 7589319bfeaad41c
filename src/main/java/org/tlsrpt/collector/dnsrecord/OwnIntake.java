package org.tlsrpt.collector.dnsrecord;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which destinations are this collector: those that begin as {@code tlsrpt.public-url} does. */
final class OwnIntake {

  private static final String INTAKE = "/v1/tlsrpt";
  private static final Pattern RECIPIENT = Pattern.compile("/([A-Za-z0-9._-]{1,253})/?");

  private final String host;
  private final int port;
  private final String path;
  private final boolean https;

  OwnIntake(PublicUrl publicUrl) {
    var uri = URI.create(publicUrl.publicUrl());
    this.host = normal(uri.getHost());
    this.port = port(uri);
    this.path = path(uri);
    this.https = publicUrl.isHttps();
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Whether senders can deliver here at all: they do to https only. */
  boolean isHttps() {
    return https;
  }

  /** Whether a destination is this collector. */
  boolean isHere(String uri) {
    var parsed = parse(uri);
    return parsed != null && https && isHere(parsed);
  }

  private boolean isHere(URI uri) {
    var theirs = path(uri);
    return "https".equalsIgnoreCase(uri.getScheme())
        && uri.getHost() != null
        && normal(uri.getHost()).equals(host)
        && port(uri) == port
        && (theirs.equals(path) || theirs.startsWith(path + "/"));
  }

  /**
   * Where a report for a destination that is here is posted: made of {@code tlsrpt.public-url}, and
   * of the destination no more than the recipient domain in its path.
   *
   * @param rest what follows {@code /v1/tlsrpt}: empty, or a slash and the recipient domain
   */
  record Target(String rest) {

    /** The recipient domain; null if the path names none. */
    @Nullable String recipient() {
      return rest.isEmpty() ? null : rest.substring(1);
    }
  }

  /** The target of a destination; null if its path is no address of the intake. */
  @Nullable Target target(String uri) {
    var parsed = parse(uri);
    if (parsed == null || !isHere(uri)) {
      return null;
    }
    var rest = path(parsed).substring(path.length());
    if (rest.equals(INTAKE) || rest.equals(INTAKE + "/")) {
      return new Target("");
    }
    var recipient =
        RECIPIENT.matcher(rest.startsWith(INTAKE) ? rest.substring(INTAKE.length()) : "");
    return recipient.matches()
        ? new Target("/" + recipient.group(1).toLowerCase(Locale.ROOT))
        : null;
  }

  /** The address of a target, in the form of {@code tlsrpt.public-url}. */
  URI url(Target target) {
    var name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create(
        "https://" + name + (port == 443 ? "" : ":" + port) + path + INTAKE + target.rest());
  }

  private static @Nullable URI parse(String uri) {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null ? "" : uri.getRawPath();
  }

  /** A-labels, lower-case, without final dot and brackets. */
  private static String normal(String host) {
    var ascii = HostNames.toAscii(host);
    return (ascii == null ? host : ascii).toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
  }
}
