package dev.anvil.http.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Problems;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before a door sees it, in the same words as everything else. */
final class MalformedRequests implements Request.Handler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<String> requestIds;
  private final Finished finished;

  MalformedRequests(Supplier<String> requestIds, Finished finished) {
    this.requestIds = requestIds;
    this.finished = finished;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    Problem problem =
        Problems.badMessage(
            status instanceof Integer i ? i : 400,
            cause instanceof HttpException http ? http.getReason() : null);
    String id = response.getHeaders().get(Exchange.REQUEST_ID);
    String named = id == null ? requestIds.get() : id;
    finished.malformed(problem.status());
    var headers = response.getHeaders();
    response.setStatus(problem.status());
    headers.put(Exchange.REQUEST_ID, named);
    headers.put(HttpHeader.CONTENT_TYPE, Problems.TYPE);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] body = JSON.writeValueAsBytes(problem.members(named));
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
