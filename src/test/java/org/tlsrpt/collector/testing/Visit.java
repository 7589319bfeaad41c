package org.tlsrpt.collector.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.webjars.WebJarVersionLocator;

/**
 * Somebody who looks at the collector's pages with a browser. Dialogs, errors on the console and
 * requests to another host fail the test when the visit ends.
 */
public final class Visit implements AutoCloseable {

  private static final int HEIGHT = 900;
  private static final String AXE = axe();

  private static final String BARRIERS =
      """
      async () => {
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => ['serious', 'critical'].includes(impact))
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      }
      """;

  /** A machine with much else to do shows things late, and is no worse for it. */
  private static final double PATIENCE_MILLIS = 30_000;

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  private final String base;
  private final BrowserContext context;
  private final Page page;
  private final List<String> troubles = new ArrayList<>();

  private Visit(int port, BrowserContext context) {
    this.base = "http://127.0.0.1:" + port;
    this.context = context;
    this.page = context.newPage();
    page.onDialog(
        dialog -> {
          troubles.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onPageError(error -> troubles.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !isStatus(message.text())) {
            troubles.add(message.type() + ": " + message.text());
          }
        });
    context.onRequest(
        request -> {
          if (!isHere(request.url())) {
            troubles.add("request to " + request.url());
          }
        });
  }

  /** How the browser of a visitor is set. */
  public record Eyes(int width, ColorScheme scheme, String locale, boolean script) {

    /** A desktop, light, English. */
    public static Eyes usual() {
      return new Eyes(1280, ColorScheme.LIGHT, "en", true);
    }

    public Eyes withoutScript() {
      return new Eyes(width, scheme, locale, false);
    }

    public Eyes in(String language) {
      return new Eyes(width, scheme, language, script);
    }
  }

  /** By a stranger. */
  public static Visit of(int port, Eyes eyes) {
    return new Visit(port, Chromium.running().newContext(options(eyes)));
  }

  /** By the administrator. */
  public static Visit asAdmin(int port, Eyes eyes) {
    return as(port, eyes, "admin", Http.PASSWORD);
  }

  /** By somebody who logged in. */
  public static Visit as(int port, Eyes eyes, String name, String password) {
    var visit = of(port, eyes);
    var form = FormData.create().set("username", name).set("password", password);
    visit
        .context
        .request()
        .post(visit.base + "/login", RequestOptions.create().setForm(form).setMaxRedirects(0));
    return visit;
  }

  private static Browser.NewContextOptions options(Eyes eyes) {
    return new Browser.NewContextOptions()
        .setViewportSize(eyes.width(), HEIGHT)
        .setColorScheme(eyes.scheme())
        .setLocale(eyes.locale())
        .setJavaScriptEnabled(eyes.script())
        .setPermissions(List.of("clipboard-read", "clipboard-write"));
  }

  /** Goes to a path and shows what is there. */
  public Page open(String path) {
    page.navigate(base + path);
    return page;
  }

  public Page page() {
    return page;
  }

  /** The path and query it is at. */
  public String path() {
    return page.url().substring(base.length());
  }

  /** What axe-core calls serious or critical, one line each. */
  public List<String> barriers() {
    page.evaluate(AXE);
    var found = (List<?>) page.evaluate(BARRIERS);
    return found.stream().map(String::valueOf).toList();
  }

  /** Whether something is wider than the window. */
  public boolean scrollsSideways() {
    return (boolean)
        page.evaluate("() => document.scrollingElement.scrollWidth > window.innerWidth");
  }

  private static boolean isHere(String url) {
    return url.startsWith("data:") || "127.0.0.1".equals(URI.create(url).getHost());
  }

  /** A page that is an error by its status is what was asked for. */
  private static boolean isStatus(String text) {
    return text.startsWith("Failed to load resource: the server responded with a status of 4");
  }

  private static String axe() {
    var path = new WebJarVersionLocator().fullPath("axe-core", "axe.min.js");
    try {
      return new ClassPathResource(String.valueOf(path)).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    assertThat(troubles).isEmpty();
  }
}
