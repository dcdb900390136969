package dev.anvil.http.docs;

import dev.anvil.http.server.Door;
import dev.anvil.http.server.PublicWay;
import dev.anvil.http.wire.Exchange;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The pages under {@code /v1/docs/}: a fixed list of files, so no path can reach another one. They
 * load nothing from elsewhere, and a policy holds browsers to that.
 */
public final class DocsWay implements Door.Way {
  private static final String PREFIX = PublicWay.DOCS;

  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String OWN = "/dev/anvil/http/docs/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** swagger-ui draws its icons as inline SVG in style sheets, hence data: images. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record Page(String resource, String type) {}

  private static final Map<String, Page> PAGES =
      Map.of(
          "", new Page(OWN + "index.html", HTML),
          "index.html", new Page(OWN + "index.html", HTML),
          "start.js", new Page(OWN + "start.js", SCRIPT),
          "page.css", new Page(OWN + "page.css", STYLE),
          "openapi.json", new Page(OWN + "openapi.json", "application/json"),
          "swagger-ui.css", new Page(WEBJAR + "swagger-ui.css", STYLE),
          "swagger-ui-bundle.js", new Page(WEBJAR + "swagger-ui-bundle.js", SCRIPT),
          "favicon-32x32.png", new Page(WEBJAR + "favicon-32x32.png", "image/png"));

  private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();

  @Override
  public void answer(Exchange exchange) throws IOException {
    exchange.operation("docs", "docs");
    var headers = exchange.response().getHeaders();
    if (!exchange.method().equals("GET") && !exchange.isHead()) {
      headers.put(HttpHeader.ALLOW, "GET, HEAD");
      throw new Invalid(Invalid.Reason.METHOD, "The documents can only be read.");
    }
    if (exchange.rawPath().equals(PREFIX)) {
      exchange.response().setStatus(308);
      headers.put(HttpHeader.LOCATION, PREFIX + "/");
      exchange.output().close();
      return;
    }
    Page page = PAGES.get(exchange.rawPath().substring(PREFIX.length() + 1));
    if (page == null) {
      throw new NotFound(NotFound.Reason.ROUTE, "There is no such page under " + PREFIX + "/.");
    }
    byte[] bytes = loaded.computeIfAbsent(page.resource(), DocsWay::load);
    headers.put(HttpHeader.CONTENT_TYPE, page.type());
    headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    exchange.output().writeAll(bytes);
  }

  private static byte[] load(String resource) {
    try (InputStream in = DocsWay.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
