package dev.anvil.http.jersey;

import dev.anvil.http.wire.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.Scheduler;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;

/** Carries one JAX-RS answer to the wire; a failure noted by the mapper sends nothing. */
final class BridgeWriter implements ContainerResponseWriter {
  private final Exchange exchange;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private OutputStream out;
  private TimeoutHandler timeout;
  private Scheduler.Task task;

  BridgeWriter(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse answer) {
    if (exchange.failure().isPresent()) {
      return OutputStream.nullOutputStream();
    }
    var response = exchange.response();
    var headers = response.getHeaders();
    response.setStatus(answer.getStatus());
    answer
        .getStringHeaders()
        .forEach((name, values) -> {
          headers.remove(name);
          values.forEach(value -> headers.add(name, value));
        });
    if (length >= 0 && answer.getStatus() != 204) {
      headers.put(HttpHeader.CONTENT_LENGTH, length);
    }
    out = exchange.output();
    return out;
  }

  @Override
  public synchronized boolean suspend(long time, TimeUnit unit, TimeoutHandler handler) {
    timeout = handler;
    setSuspendTimeout(time, unit);
    return true;
  }

  @Override
  public synchronized void setSuspendTimeout(long time, TimeUnit unit) {
    if (task != null) {
      task.cancel();
    }
    if (time > 0) {
      Scheduler scheduler = exchange.request().getComponents().getScheduler();
      task = scheduler.schedule(() -> timeout.onTimeout(this), time, unit);
    }
  }

  @Override
  public void commit() {
    try {
      if (out != null) {
        out.close();
      }
      done.complete(null);
    } catch (IOException e) {
      done.completeExceptionally(e);
    }
  }

  @Override
  public void failure(Throwable error) {
    done.completeExceptionally(error);
  }

  @Override
  public boolean enableResponseBuffering() {
    return true;
  }

  /** Blocks until the answer is out. */
  void await() throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      if (exchange.failure().isEmpty()) {
        exchange.fail(e.getCause());
      }
    }
    if (exchange.failure().isPresent()) {
      throw thrown(Refusals.translate(exchange.failure().get()));
    }
  }

  private static Exception thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (Exception) failure;
  }
}
