package dev.anvil.http.authz;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Jsons;
import dev.anvil.http.wire.Problem;
import dev.anvil.ports.failure.AnvilException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * All pages of a list as lines of JSON, one entry a line. The last line says how it ended: {@code
 * {"end":true,"token":...}}, or {@code {"problem":{...}}} if a page could not be answered. A list
 * without such a line is not whole.
 */
final class ListLines {
  static final String MEDIA_TYPE = "application/x-ndjson";
  private static final ObjectMapper JSON = Jsons.strict();

  private ListLines() {}

  /** A page. */
  record Page(List<?> entries, String next, String token) {}

  /** The last line of a whole list. */
  record End(boolean end, String token) {}

  /** The last line of a list that broke off. */
  record Broken(Map<String, Object> problem) {}

  /** Gives the page after a place. */
  interface Pages {
    Page after(String token);
  }

  /** Whether the caller asked for lines rather than for a page. */
  static boolean wanted(ContainerRequestContext request) {
    for (MediaType t : request.getAcceptableMediaTypes()) {
      if (t.isWildcardSubtype() || t.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (t.toString().startsWith(MEDIA_TYPE)) {
        return true;
      }
    }
    return false;
  }

  /** The answer that begins with this page, which was asked for before anything is sent. */
  static Response answer(ContainerRequestContext request, Page first, Pages pages) {
    Exchange exchange = Exchanges.of(request);
    StreamingOutput lines = out -> write(exchange, out, first, pages);
    return Response.ok(lines, MEDIA_TYPE).header("X-Accel-Buffering", "no").build();
  }

  private static void write(Exchange exchange, OutputStream out, Page first, Pages pages)
      throws IOException {
    Page page = first;
    while (true) {
      for (Object entry : page.entries()) {
        line(out, entry);
      }
      if (page.next() == null) {
        line(out, new End(true, page.token()));
        return;
      }
      out.flush();
      try {
        page = pages.after(page.next());
      } catch (AnvilException e) {
        Problem problem = Problem.of(e);
        exchange.brokenBy(problem.code());
        line(out, new Broken(problem.members(exchange.id())));
        return;
      }
    }
  }

  private static void line(OutputStream out, Object document) throws IOException {
    out.write(JSON.writeValueAsBytes(document));
    out.write('\n');
  }
}
