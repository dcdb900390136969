package dev.anvil.http.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.documents.Values;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.BodyOutput;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Jsons;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.Delivery;
import dev.anvil.journal.watch.Watch;
import dev.anvil.journal.watch.WatchBucket;
import dev.anvil.journal.watch.WatchEvent;
import dev.anvil.journal.watch.WatchLimits;
import dev.anvil.journal.watch.WatchRelationships;
import dev.anvil.journal.watch.WatchTenant;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.AnvilException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;

/** Watches of a bucket and of a tenant: as a stream, or one long poll. */
public final class WatchHandler implements NativeWay.Plain {
  private static final ObjectMapper JSON = Jsons.strict();

  private final UseCases.Watches watches;
  private final NativeWay.Authenticator authenticator;

  /** On these use cases; the authenticator is asked again before every delivery. */
  public WatchHandler(UseCases.Watches watches, NativeWay.Authenticator authenticator) {
    this.watches = watches;
    this.authenticator = authenticator;
  }

  @Override
  public void answer(Exchange exchange, Target target, Call call) throws Exception {
    var query = exchange.query();
    boolean poll = query.has("wait") || query.has("limit");
    Duration wait = seconds(exchange, "wait", 0, WatchLimits.MAX_WAIT, Duration.ZERO);
    Duration heartbeat =
        seconds(exchange, "heartbeat", 1, WatchLimits.MAX_HEARTBEAT, WatchLimits.HEARTBEAT);
    int limit = query.value("limit").map(Values::limit).orElse(WatchLimits.STREAM_EVENTS);
    try (Watch watch = open(exchange, target, call)) {
      if (poll) {
        poll(exchange, watch, wait, limit);
      } else {
        stream(exchange, watch, heartbeat);
      }
    }
  }

  private Watch open(Exchange exchange, Target target, Call call) {
    var query = exchange.query();
    List<String> kinds =
        query
            .value("kinds")
            .map(text -> Arrays.stream(text.split(",")).filter(k -> !k.isEmpty()).toList())
            .orElse(List.of());
    // a client that resumes by itself repeats the old query, and the header is newer
    String after = exchange.header("Last-Event-ID").or(() -> query.value("after")).orElse(null);
    Supplier<Call> again = () -> authenticator.authenticate(exchange);
    if (target.segments().get(1).equals("authz")) {
      String type = query.value("type").orElse(null);
      var command = new WatchRelationships.Command(type, after, again);
      return watches.relationships().execute(call, command).watch();
    }
    if (target.segments().size() == 2) {
      return watches.tenant().execute(call, new WatchTenant.Command(kinds, after, again)).watch();
    }
    BucketName bucket = new BucketName(target.segments().get(2));
    byte[] prefix = Values.utf8(query.value("prefix").orElse(null));
    var command = new WatchBucket.Command(bucket, prefix, kinds, after, again);
    return watches.bucket().execute(call, command).watch();
  }

  private static Duration seconds(
      Exchange exchange, String name, int least, Duration most, Duration otherwise) {
    return exchange
        .query()
        .value(name)
        .map(text -> Duration.ofSeconds(Values.number(name, text, least, most.toSeconds())))
        .orElse(otherwise);
  }

  private static void poll(Exchange exchange, Watch watch, Duration wait, int limit)
      throws Exception {
    if (!wait.isZero()) {
      exchange.lasts();
    }
    Delivery delivery = watch.next(exchange.isHead() ? Duration.ZERO : wait, limit);
    byte[] body = JSON.writeValueAsBytes(WatchDocuments.Changes.of(delivery));
    var headers = exchange.response().getHeaders();
    exchange.response().setStatus(200);
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    exchange.output().writeAll(body);
  }

  private static void stream(Exchange exchange, Watch watch, Duration heartbeat) throws Exception {
    // before anything is sent, so that a refusal can still be the answer
    Delivery delivery = watch.next(Duration.ZERO, WatchLimits.STREAM_EVENTS);
    exchange.lasts();
    String accept = exchange.header("Accept").orElse("");
    WatchFormat format =
        accept.contains("application/x-ndjson") ? WatchFormat.LINES : WatchFormat.EVENTS;
    var headers = exchange.response().getHeaders();
    exchange.response().setStatus(200);
    headers.put(HttpHeader.CONTENT_TYPE, format.mediaType());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Accel-Buffering", "no");
    BodyOutput out = exchange.output();
    if (exchange.isHead()) {
      out.close();
      return;
    }
    format.begin(out);
    try {
      while (delivery.ended() == null) {
        send(format, out, delivery);
        delivery = watch.next(heartbeat, WatchLimits.STREAM_EVENTS);
      }
      send(format, out, delivery);
      format.write(out, "end", delivery.completeThrough(), WatchDocuments.End.of(delivery));
    } catch (AnvilException e) {
      Problem problem = Problem.of(e);
      exchange.brokenBy(problem.code());
      format.write(out, "problem", null, WatchDocuments.Broken.of(problem, exchange.id()));
    }
    out.close();
  }

  private static void send(WatchFormat format, BodyOutput out, Delivery delivery)
      throws IOException {
    for (WatchEvent event : delivery.events()) {
      format.write(out, "change", event.cursor(), WatchDocuments.Change.of(event));
    }
    if (delivery.events().isEmpty()) {
      format.write(
          out, "heartbeat", delivery.completeThrough(), WatchDocuments.Heartbeat.of(delivery));
    }
    out.flush();
  }
}
