package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Problem;
import dev.anvil.client.http.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Changes in order, each once. {@link #hasNext} waits for the next one. A connection that breaks,
 * also with the server, is made anew and goes on after the cursor, until {@link
 * Retries#watchPatience} is over. One thread reads; any thread may close.
 *
 * <p>A cursor that is older than what the server keeps ends it with an {@link AnvilException} of
 * the code {@code CursorExpired}: list again, and watch from the cursor of the list.
 */
public final class Watch implements Iterator<Change>, AutoCloseable {
  private static final int HEARTBEAT_SECONDS = 10;

  private final Calls calls;
  private final String path;
  private final WatchOptions.Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Reply reply;
  private volatile String cursor;
  private BufferedReader lines;
  private Change ahead;
  private boolean ended;
  private String endReason = "";
  private int failures;
  private long patientUntil;

  /** Begins at once, so that nothing after this is missed. */
  Watch(Calls calls, String path, WatchOptions options) {
    this.calls = calls;
    String kinds =
        options.kinds().isEmpty() ? "" : "&kinds=" + Paths.value(String.join(",", options.kinds()));
    this.path = path + kinds;
    this.listener = options.listener();
    this.cursor = options.after().isEmpty() ? here() : options.after();
    connected();
    open();
  }

  /** The newest place: without it, what happens before the first heartbeat could be missed. */
  private String here() {
    JsonNode poll = calls.json(Calls.Request.read("GET", path + "&wait=0"));
    return poll.path("cursor").asText();
  }

  private void open() {
    String at = path + "&heartbeat=" + HEARTBEAT_SECONDS + "&after=" + Paths.value(cursor);
    Map<String, String> headers = Map.of("Accept", "application/x-ndjson");
    reply = calls.run(new Calls.Request("GET", at, headers, Content.NONE, true), r -> r);
    lines = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    if (closed.getCount() == 0) {
      drop();
    }
  }

  /** A place to go on after: of the change that was read last, or of a sign of life behind it. */
  public String cursor() {
    return cursor;
  }

  /** Why the server says that nothing follows; empty if it does not. */
  public String endReason() {
    return endReason;
  }

  /** Waits for a change; false once the watch is closed, or the server says that none follows. */
  @Override
  public boolean hasNext() {
    while (ahead == null && !ended && closed.getCount() > 0) {
      try {
        if (lines == null) {
          open();
        }
        String line = lines.readLine();
        if (line == null) {
          throw new IOException("the watch ended without a word");
        }
        take(calls.read(line));
        connected();
      } catch (IOException e) {
        again(AnvilException.of(Problem.NONE, true, "the watch broke off: " + e, e));
      } catch (AnvilException e) {
        if (!e.retryable()) {
          ended = true;
          throw e;
        }
        again(e);
      }
    }
    return ahead != null && closed.getCount() > 0;
  }

  private void connected() {
    failures = 0;
    patientUntil = System.nanoTime() + calls.retries().watchPatience().toNanos();
  }

  private void take(JsonNode line) {
    switch (line.path("type").asText()) {
      case "change" -> ahead = Change.of(line);
      case "heartbeat" -> {
        cursor = line.path("completeThrough").asText();
        listener.heartbeat(cursor);
      }
      case "end" -> {
        ended = true;
        endReason = line.path("reason").asText();
        drop();
      }
      default -> {
        JsonNode p = line.path("problem");
        String code = p.path("code").asText();
        // a token that ended is renewed on the way; a server that stops says that it is retryable
        boolean passing = p.path("retryable").asBoolean() || code.equals("TokenExpired");
        String detail = p.path("detail").asText();
        Problem problem =
            new Problem(
                p.path("status").asInt(), code, detail, p.path("requestId").asText(), passing, 0);
        throw AnvilException.of(problem, false, code + ": " + detail, null);
      }
    }
  }

  private void again(AnvilException e) {
    drop();
    if (closed.getCount() == 0) {
      return;
    }
    failures++;
    listener.brokeOff(e);
    Duration pause = calls.retries().pause(failures);
    if (System.nanoTime() + pause.toNanos() - patientUntil > 0) {
      ended = true;
      throw e;
    }
    try {
      // closing ends the pause
      boolean over = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      ended |= over;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  @Override
  public Change next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the watch is closed or ended");
    }
    Change change = ahead;
    ahead = null;
    cursor = change.cursor();
    return change;
  }

  private void drop() {
    lines = null;
    Reply open = reply;
    reply = null;
    if (open != null) {
      end(open);
    }
  }

  private static void end(Reply open) {
    try {
      open.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("a connection could not be ended", e);
    }
  }

  /** Ends it, also while another thread waits in {@link #hasNext}, which then says false. */
  @Override
  public void close() {
    closed.countDown();
    Reply open = reply;
    if (open != null) {
      end(open);
    }
  }
}
