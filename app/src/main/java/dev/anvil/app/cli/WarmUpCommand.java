package dev.anvil.app.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does what client verbs do, against an address of its own that answers the same to everything:
 * Java keeps the classes of this run, so that later ones start sooner.
 */
@Command(name = "warm-up", hidden = true, description = "train the start of client verbs")
final class WarmUpCommand implements Callable<Integer> {
  private static final byte[] ANSWER =
      ("{\"access_token\":\"x\",\"scope\":\"*|*\",\"buckets\":[{\"name\":\"a\"}],\"tenants\":[],"
           + "\"objects\":[{\"key\":\"a\",\"size\":1,\"lastModified\":\"2026-01-01T00:00:00Z\"}]}")
          .getBytes(StandardCharsets.UTF_8);
  private static final String[] VERBS = {"token", "bucket ls", "ls a", "get a/b", "rm a/b"};

  @Override
  public Integer call() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, ANSWER.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(ANSWER);
          }
        });
    server.start();
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    int worst = 0;
    for (String verb : VERBS) {
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      String[] args = (verb + " --endpoint " + endpoint + " --client-id x").split(" ");
      worst = Math.max(worst, AnvilCommand.run(nowhere, nowhere, args));
    }
    server.stop(0);
    return worst;
  }
}
