package dev.anvil.cluster.curator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * Joins under a cluster name: {@code identity} says whose it is, {@code nodes/ID} which boot of the
 * node was last, {@code alive/ID} that it lives. One node takes part; a second folder is refused.
 */
final class Enrolment {
  private final Session session;
  private final Values values;
  private final Coordinates where;
  private final Claim claim;
  private final InstantSource clock;

  Enrolment(Session session, Values values, Coordinates where, Claim claim, InstantSource clock) {
    this.session = session;
    this.values = values;
    this.where = where;
    this.claim = claim;
    this.clock = clock;
  }

  /** Checks everything, then writes: identity if there is none, the boot, and that it lives. */
  void join() throws Exception {
    client().sync().forPath("/");
    identify();
    countBoot();
    live();
  }

  private void identify() throws Exception {
    String path = path("identity");
    ObjectNode ours =
        Values.object()
            .put("deployment", claim.deploymentId())
            .put("incarnation", claim.incarnation())
            .put("partitions", claim.partitions())
            .put("copies", 1)
            .put("region", claim.region())
            .put("keys", claim.keyPrints().getFirst())
            .put("created", clock.instant().toString());
    Stat stat = new Stat();
    ObjectNode found;
    try {
      found = values.opened(path, client().getData().storingStatIn(stat).forPath(path));
    } catch (KeeperException.NoNodeException e) {
      client().create().creatingParentsIfNeeded().forPath(path, values.sealed(path, ours));
      return;
    }
    compare(found);
    String newest = claim.keyPrints().getFirst();
    if (found.path("incarnation").asInt() < claim.incarnation()
        || !Values.text(found, "keys").equals(newest)) {
      found.put("incarnation", claim.incarnation()).put("keys", newest);
      client().setData().withVersion(stat.getVersion()).forPath(path, values.sealed(path, found));
    }
  }

  private void compare(ObjectNode found) {
    String other = Values.text(found, "deployment");
    if (!other.equals(claim.deploymentId())) {
      throw new JoinRefused(
          JoinRefused.Reason.OTHER_DEPLOYMENT,
          where
              + " belongs to deployment "
              + other
              + ", and "
              + claim.storage()
              + " is deployment "
              + claim.deploymentId()
              + ": a cluster name serves one node until nodes can join; set another CLUSTER_NAME,"
              + " or start on that deployment's folder; nothing was written");
    }
    same("PARTITIONS", found.path("partitions").asText(), "" + claim.partitions());
    same("REGION", Values.text(found, "region"), claim.region());
    if (!claim.keyPrints().contains(Values.text(found, "keys"))) {
      same("ANVIL_SECRET_ENCRYPTION_KEY", Values.text(found, "keys"), claim.keyPrints().getFirst());
    }
    if (found.path("incarnation").asInt() > claim.incarnation()) {
      throw new JoinRefused(
          JoinRefused.Reason.STORAGE_ROLLED_BACK,
          claim.storage()
              + " is of incarnation "
              + claim.incarnation()
              + ", the deployment was restored since and is at "
              + found.path("incarnation").asInt()
              + ": start on the restored folder; nothing was written");
    }
  }

  private static void same(String setting, String theirs, String ours) {
    if (!theirs.equals(ours)) {
      throw new JoinRefused(
          JoinRefused.Reason.OTHER_SETTING,
          setting
              + " differs from the deployment's ("
              + ours
              + " here, "
              + theirs
              + " there): set it as on the first start; nothing was written");
    }
  }

  private void countBoot() throws Exception {
    String path = path("nodes/" + claim.nodeId());
    ObjectNode ours =
        Values.object()
            .put("count", claim.now().count())
            .put("nonce", claim.now().nonce())
            .put("state", "active");
    Stat stat = new Stat();
    ObjectNode found;
    try {
      found = values.opened(path, client().getData().storingStatIn(stat).forPath(path));
    } catch (KeeperException.NoNodeException e) {
      client().create().creatingParentsIfNeeded().forPath(path, values.sealed(path, ours));
      return;
    }
    int count = found.path("count").asInt();
    if (count > claim.before().count()) {
      throw new JoinRefused(
          JoinRefused.Reason.STORAGE_ROLLED_BACK,
          "this is boot "
              + claim.now().count()
              + " of "
              + claim.storage()
              + ", and ZooKeeper has seen boot "
              + count
              + " of node "
              + claim.nodeId()
              + ": the folder is an old copy, or two of them are in use; nothing was written");
    }
    boolean last = count == claim.before().count();
    if (last && !Values.text(found, "nonce").equals(claim.before().nonce())) {
      throw new JoinRefused(
          JoinRefused.Reason.STORAGE_COPIED,
          claim.storage()
              + " and another folder are copies of one: boot "
              + count
              + " of node "
              + claim.nodeId()
              + " was that one's; keep the one that served last; nothing was written");
    }
    found.setAll(ours);
    client().setData().withVersion(stat.getVersion()).forPath(path, values.sealed(path, found));
  }

  /** Says that this node lives, unless this session already does. */
  void live() throws Exception {
    String path = path("alive/" + claim.nodeId());
    Stat stat = new Stat();
    try {
      ObjectNode found = values.opened(path, client().getData().storingStatIn(stat).forPath(path));
      if (stat.getEphemeralOwner() == session.id()) {
        return;
      }
      if (found.path("boot").asInt() > claim.now().count()) {
        throw new JoinRefused(
            JoinRefused.Reason.NODE_ALIVE,
            "a later boot of node " + claim.nodeId() + " takes part: two copies of a folder run");
      }
      // an earlier boot of this folder, whose lock we hold: only its session lingers
      client().delete().withVersion(stat.getVersion()).forPath(path);
    } catch (KeeperException.NoNodeException e) {
      // the usual case: nobody there
      stat.setVersion(-1);
    }
    Instant since = clock.instant();
    ObjectNode alive =
        Values.object().put("boot", claim.now().count()).put("since", since.toString());
    client()
        .create()
        .creatingParentsIfNeeded()
        .withMode(CreateMode.EPHEMERAL)
        .forPath(path, values.sealed(path, alive));
  }

  /** Whether the claim still stands in ZooKeeper: an emptied one has forgotten it. */
  boolean known() throws Exception {
    client().sync().forPath(path("identity"));
    return client().checkExists().forPath(path("identity")) != null;
  }

  private String path(String below) {
    return where.root() + "/" + below;
  }

  private CuratorFramework client() {
    return session.client();
  }
}
