package dev.anvil.cluster.curator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.ports.duties.DutyName;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** The two nodes of each duty, and the transactions over them. */
final class LeaseNodes {
  private static final String OWNER = "owner";

  private final Session session;
  private final Values values;
  private final String base;
  private final int generation;

  /** An owner as seen: equal as long as nothing was written. */
  record Owner(long created, int version, long session) {}

  /** A lease taken. */
  record Taken(long token) {}

  /**
   * @param generation of epochs that this process creates: its boot count, so that tokens exceed
   *     those that it gave itself before there was a ZooKeeper
   */
  LeaseNodes(Session session, Values values, String base, int generation) {
    this.session = session;
    this.values = values;
    this.base = base;
    this.generation = generation;
  }

  Optional<Owner> owner(DutyName duty) throws Exception {
    client().sync().forPath(epoch(duty));
    Stat stat = client().checkExists().forPath(path(duty, OWNER));
    return Optional.ofNullable(stat)
        .map(s -> new Owner(s.getCzxid(), s.getVersion(), s.getEphemeralOwner()));
  }

  /** Takes it from the owner seen, or from nobody; fails if anything changed since. */
  Taken take(DutyName duty, Owner seen, ObjectNode content) throws Exception {
    Stat stat = new Stat();
    byte[] bytes = epochBytes(duty, stat);
    ObjectNode epoch = values.opened(epoch(duty), bytes);
    CuratorOp count =
        client()
            .transactionOp()
            .setData()
            .withVersion(stat.getVersion())
            .forPath(epoch(duty), bytes);
    CuratorOp create =
        client()
            .transactionOp()
            .create()
            .withMode(CreateMode.EPHEMERAL)
            .forPath(path(duty, OWNER), values.sealed(path(duty, OWNER), content));
    List<CuratorOp> ops = List.of(count, create);
    if (seen != null) {
      CuratorOp gone =
          client().transactionOp().delete().withVersion(seen.version()).forPath(path(duty, OWNER));
      ops = List.of(gone, count, create);
    }
    List<CuratorTransactionResult> results = client().transaction().forOperations(ops);
    int version = results.get(results.size() - 2).getResultStat().getVersion();
    return new Taken(epoch.path("generation").asLong() << 32 | version);
  }

  private byte[] epochBytes(DutyName duty, Stat stat) throws Exception {
    try {
      return client().getData().storingStatIn(stat).forPath(epoch(duty));
    } catch (KeeperException.NoNodeException e) {
      byte[] fresh = values.sealed(epoch(duty), Values.object().put("generation", generation));
      client().create().creatingParentsIfNeeded().forPath(epoch(duty), fresh);
      return client().getData().storingStatIn(stat).forPath(epoch(duty));
    }
  }

  /**
   * Writes the holder's step count; the version after it. The version of the owner alone would not
   * do: a new owner's node begins with version 0 again, so the epoch must still be the holder's.
   */
  int renew(DutyName duty, long token, int version, ObjectNode content) throws Exception {
    String path = path(duty, OWNER);
    CuratorOp count =
        client()
            .transactionOp()
            .setData()
            .withVersion(version)
            .forPath(path, values.sealed(path, content));
    return client()
        .transaction()
        .forOperations(stillOf(duty, token), count)
        .getLast()
        .getResultStat()
        .getVersion();
  }

  void release(DutyName duty, long token, int version) throws Exception {
    CuratorOp gone =
        client().transactionOp().delete().withVersion(version).forPath(path(duty, OWNER));
    client().transaction().forOperations(stillOf(duty, token), gone);
  }

  private CuratorOp stillOf(DutyName duty, long token) throws Exception {
    return client().transactionOp().check().withVersion((int) token).forPath(epoch(duty));
  }

  private String epoch(DutyName duty) {
    return path(duty, "epoch");
  }

  private String path(DutyName duty, String node) {
    return base + duty + "/" + node;
  }

  private CuratorFramework client() {
    return session.client();
  }
}
