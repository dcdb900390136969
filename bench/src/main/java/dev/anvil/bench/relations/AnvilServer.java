package dev.anvil.bench.relations;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Our server on one engine. */
final class AnvilServer implements RelationServer {
  private final AnvilContender node;
  private AnvilTalk talk;

  AnvilServer(Path folder, String engine) {
    node = new AnvilContender(folder, engine);
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public String version() {
    return node.version();
  }

  @Override
  public String settings() {
    return node.settings()
        + "; every answer at the newest revision; a closure of group#member; 24 h of revisions";
  }

  @Override
  public void start() throws IOException {
    node.start();
    talk = new AnvilTalk(node.token());
  }

  @Override
  public URI endpoint() {
    return node.endpoint();
  }

  @Override
  public Talk talk() {
    return talk;
  }

  @Override
  public long pid() {
    return node.pid();
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
    return node.sample();
  }

  @Override
  public Space space() throws IOException {
    Shell.run(List.of("sync", "-f", node.data().toString()));
    return new Space(DiskUse.written(node.data()), 0);
  }

  @Override
  public void close() throws IOException {
    node.close();
  }
}
