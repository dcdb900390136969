package dev.anvil.cluster.curator;

import dev.anvil.ports.cluster.Members;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException;

/** This node's part in a deployment that ZooKeeper coordinates. */
public final class CuratorCluster implements AutoCloseable {
  private final Coordinates where;
  private final Session session;
  private final Enrolment enrolment;
  private final CuratorLeases leases;
  private final CuratorMembers members;

  /**
   * What a node brings along.
   *
   * @param leaseTtl silence after which a holder of a duty is replaced
   * @param findings told of values that nobody with the secret wrote
   */
  public record Surroundings(
      Ticker ticker, InstantSource clock, Duration leaseTtl, Consumer<String> findings) {}

  private CuratorCluster(
      Coordinates where,
      Session session,
      Enrolment enrolment,
      CuratorLeases leases,
      CuratorMembers members) {
    this.where = where;
    this.session = session;
    this.enrolment = enrolment;
    this.leases = leases;
    this.members = members;
  }

  /**
   * Connects and joins.
   *
   * @param patience how long to wait for the ensemble
   * @throws JoinRefused if the name is another deployment's, or the folder not the node's last
   * @throws Unavailable if the ensemble does not answer in time
   */
  public static CuratorCluster join(
      Coordinates where, Claim claim, Surroundings around, Duration patience) {
    Values values = new Values(where.secret());
    Consumer<ForgedValue> forged = e -> around.findings().accept(e.getMessage());
    Session session = Session.open(where, around.ticker());
    try {
      if (!session.await(patience)) {
        throw new Unavailable(
            Unavailable.Reason.TIMEOUT,
            where
                + " did not answer within "
                + patience.toSeconds()
                + " s: check ZOOKEEPER_CONNECT"
                + (where.tls() == null
                    ? ""
                    : ", that it names ports of TLS, that ZOOKEEPER_CA_FILE trusts the certificates"
                        + " there and these name the hosts, and ZOOKEEPER_CERT_FILE if the ensemble"
                        + " asks who calls"));
      }
      Enrolment enrolment = new Enrolment(session, values, where, claim, around.clock());
      enrolment.join();
      CuratorLeases leases =
          new CuratorLeases(
              session,
              values,
              where.root(),
              new CuratorLeases.Holder(claim.nodeId(), claim.now().count()),
              around.leaseTtl(),
              around.ticker(),
              forged);
      CuratorMembers members = new CuratorMembers(session, values, where.root(), forged);
      members.start();
      return new CuratorCluster(where, session, enrolment, leases, members);
    } catch (KeeperException.NoAuthException e) {
      session.close();
      throw new JoinRefused(
          JoinRefused.Reason.OTHER_SETTING,
          where + " is guarded by another ANVIL_CLUSTER_SECRET; nothing was written");
    } catch (RuntimeException e) {
      session.close();
      throw e;
    } catch (Exception e) {
      session.close();
      throw Session.unavailable("joining " + where, e);
    }
  }

  /** The session, for tests that disturb it. */
  Session session() {
    return session;
  }

  /** Leases of the deployment. */
  public Leases leases() {
    return leases;
  }

  /** Members of the deployment. */
  public Members members() {
    return members;
  }

  /**
   * Proves the session with a question to the ensemble, and says again that this node lives where a
   * lost session took that away.
   *
   * @throws Unavailable if the ensemble does not answer or has forgotten the deployment
   */
  public void prove() {
    if (!session.up()) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE, "no connection to " + where + ": check the ensemble");
    }
    try {
      if (!enrolment.known()) {
        throw new Unavailable(
            Unavailable.Reason.UNAVAILABLE,
            "CoordinationLost: "
                + where
                + " has forgotten the deployment; restart this node to write it back");
      }
      enrolment.live();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw Session.unavailable("session with " + where, e);
    }
  }

  /** Ends the session, and with it the leases and the sign of life. */
  @Override
  public void close() {
    members.close();
    session.close();
  }
}
