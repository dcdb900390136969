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
import java.util.function.Function;

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

  /** Whether the caller asked for lines rather than for a page. */
  private static boolean wanted(ContainerRequestContext request) {
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

  /**
   * One page, or all from it on as lines. The first is asked for before anything is sent.
   *
   * @param after where the first page begins, or null
   * @param documents answers the page after a place
   * @param pages what of such an answer becomes lines
   */
  static <D> Response answer(
      ContainerRequestContext request,
      String after,
      Function<String, D> documents,
      Function<D, Page> pages) {
    D first = documents.apply(after);
    if (!wanted(request)) {
      return Response.ok(first, MediaType.APPLICATION_JSON_TYPE).build();
    }
    Exchange exchange = Exchanges.of(request);
    StreamingOutput lines =
        out -> write(exchange, out, pages.apply(first), documents.andThen(pages));
    return Response.ok(lines, MEDIA_TYPE).header("X-Accel-Buffering", "no").build();
  }

  private static void write(
      Exchange exchange, OutputStream out, Page first, Function<String, Page> pages)
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
        page = pages.apply(page.next());
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
