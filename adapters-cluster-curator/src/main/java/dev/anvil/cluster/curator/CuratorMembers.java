package dev.anvil.cluster.curator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.ports.cluster.Member;
import dev.anvil.ports.cluster.Members;
import dev.anvil.ports.duties.Registration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;

/** The nodes with a live session, kept up to date by ZooKeeper's watches. */
final class CuratorMembers implements Members, AutoCloseable {
  private final String alive;
  private final Values values;
  private final Consumer<ForgedValue> forged;
  private final CuratorCache cache;
  private final List<Consumer<Set<Member>>> listeners = new CopyOnWriteArrayList<>();

  CuratorMembers(Session session, Values values, String root, Consumer<ForgedValue> forged) {
    this.alive = root + "/alive";
    this.values = values;
    this.forged = forged;
    this.cache = CuratorCache.build(session.client(), alive);
    cache.listenable().addListener((type, before, after) -> tell());
  }

  void start() {
    cache.start();
  }

  private synchronized void tell() {
    Set<Member> now = now();
    listeners.forEach(l -> l.accept(now));
  }

  @Override
  public Set<Member> now() {
    Set<Member> members = new HashSet<>();
    cache.stream().filter(c -> c.getPath().length() > alive.length()).forEach(c -> add(c, members));
    return Set.copyOf(members);
  }

  private void add(ChildData child, Set<Member> members) {
    try {
      ObjectNode value = values.opened(child.getPath(), child.getData());
      String nodeId = child.getPath().substring(alive.length() + 1);
      Instant since = Instant.parse(Values.text(value, "since"));
      members.add(new Member(nodeId, value.path("boot").asInt(), since));
    } catch (ForgedValue e) {
      forged.accept(e);
    } catch (DateTimeParseException e) {
      forged.accept(new ForgedValue(child.getPath(), "its time is no time"));
    }
  }

  @Override
  public synchronized Registration watch(Consumer<Set<Member>> listener) {
    listeners.add(listener);
    listener.accept(now());
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    cache.close();
  }
}
