package dev.anvil.bench.relations;

import com.sun.net.httpserver.HttpServer;
import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers questions by a rule on their text and lists by their length, over real connections. */
final class FakeServer implements RelationServer, Talk {
  private final String name;
  private final HttpServer http;

  FakeServer(String name, Predicate<String> rule, int missing) throws IOException {
    this.name = name;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String said =
              exchange.getRequestURI().getPath().equals("/list")
                  ? IntStream.range(missing, Integer.parseInt(asked))
                      .mapToObj(Integer::toString)
                      .collect(Collectors.joining("\n"))
                  : asked
                      .lines()
                      .map(line -> Boolean.toString(rule.test(line)))
                      .collect(Collectors.joining("\n"));
          byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    http.start();
  }

  @Override
  public Request check(Ask ask) {
    return Request.of("POST", "/check").with(ask.toString());
  }

  @Override
  public boolean allowed(Answer answer) {
    return Boolean.parseBoolean(answer.text());
  }

  @Override
  public Request batch(List<Ask> asks) {
    return Request.of("POST", "/check")
        .with(asks.stream().map(Ask::toString).collect(Collectors.joining("\n")));
  }

  @Override
  public List<Boolean> answers(Answer answer, int count) {
    return answer.text().lines().map(Boolean::parseBoolean).toList();
  }

  @Override
  public Request documents(String subject) {
    return Request.of("POST", "/list").with(subject.replaceAll("\\D", ""));
  }

  @Override
  public Request users(String document) {
    return Request.of("POST", "/list").with(Integer.toString(PeerShape.SUBJECTS));
  }

  @Override
  public Set<String> ids(Answer answer) {
    return Arrays.stream(answer.text().split("\n")).collect(Collectors.toSet());
  }

  @Override
  public void schema(RawHttp connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void settled(RawHttp connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Marks marks(boolean users) {
    return new Marks('\n', 1, -1);
  }

  @Override
  public Request write(List<Relation> tuples) {
    return Request.of("POST", "/check").with("write");
  }

  @Override
  public Request watch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean pushes() {
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return "fake";
  }

  @Override
  public String settings() {
    return "none";
  }

  @Override
  public void start() {
    // it is up
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public Talk talk() {
    return this;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public long databaseMicros() {
    return 0;
  }

  @Override
  public long databaseBytes() {
    return 0;
  }

  @Override
  public ProcSample sample() throws IOException {
    return ProcSample.of(pid());
  }

  @Override
  public Space space() {
    return new Space(0, 0);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
