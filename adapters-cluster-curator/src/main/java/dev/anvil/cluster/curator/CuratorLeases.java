package dev.anvil.cluster.curator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException;

/**
 * Leases on ZooKeeper: {@code duties/NAME/epoch} counts the holders, {@code duties/NAME/owner} is
 * the ephemeral node of the present one. Taking is one transaction over both, so that the token
 * (generation and version of the epoch) grows with each holder. A holder whose step count stands
 * still for the life of a lease, by the seeker's own clock, is replaced.
 *
 * <p>No latch, selector or mutex: those hand out no token, and a paused holder goes on believing in
 * them.
 */
final class CuratorLeases implements Leases {
  private final Session session;
  private final Values values;
  private final LeaseNodes nodes;
  private final Holder self;
  private final long ttlNanos;
  private final Ticker ticker;
  private final Consumer<ForgedValue> forged;
  private final Map<DutyName, Held> held = new ConcurrentHashMap<>();
  private final Map<DutyName, Sight> sights = new ConcurrentHashMap<>();

  /** Who this process is to others. */
  record Holder(String nodeId, int boot) {}

  /** Another's lease as last seen to change. */
  private record Sight(LeaseNodes.Owner owner, long since) {}

  CuratorLeases(
      Session session,
      Values values,
      String root,
      Holder self,
      Duration ttl,
      Ticker ticker,
      Consumer<ForgedValue> forged) {
    this.session = session;
    this.values = values;
    this.nodes = new LeaseNodes(session, values, root + "/duties/", self.boot());
    this.self = self;
    this.ttlNanos = ttl.toNanos();
    this.ticker = ticker;
    this.forged = forged;
  }

  @Override
  public Duration ttl() {
    return Duration.ofNanos(ttlNanos);
  }

  @Override
  public Optional<HeldLease> take(DutyName duty) {
    if (!session.up()) {
      return Optional.empty();
    }
    try {
      Optional<LeaseNodes.Owner> owner = nodes.owner(duty);
      if (owner.isPresent() && !replaceable(duty, owner.get())) {
        return Optional.empty();
      }
      return Optional.ofNullable(take(duty, owner.orElse(null)));
    } catch (ForgedValue e) {
      forged.accept(e);
      return Optional.empty();
    } catch (KeeperException e) {
      // another was faster, or the connection went: the next look tells
      return Optional.empty();
    } catch (Exception e) {
      throw Session.unavailable("lease of duty " + duty, e);
    }
  }

  private Held take(DutyName duty, LeaseNodes.Owner seen) throws Exception {
    long era = session.era();
    long asked = ticker.nanos();
    LeaseNodes.Taken taken = nodes.take(duty, seen, content(0));
    Held lease = new Held(duty, taken.token(), era, asked);
    sights.remove(duty);
    held.put(duty, lease);
    return lease;
  }

  /** Whether an owner's time is over: our own of before, or one that stood still for too long. */
  private boolean replaceable(DutyName duty, LeaseNodes.Owner owner) throws Exception {
    Held ours = held.get(duty);
    if (owner.session() == session.id()) {
      return ours == null || !ours.held();
    }
    Sight sight = sights.get(duty);
    if (sight == null || !sight.owner.equals(owner)) {
      sights.put(duty, new Sight(owner, ticker.nanos()));
      return false;
    }
    return ticker.nanos() - sight.since >= ttlNanos;
  }

  private ObjectNode content(long steps) {
    return Values.object().put("node", self.nodeId()).put("boot", self.boot()).put("steps", steps);
  }

  @Override
  public List<LeaseView> view() {
    return held.values().stream()
        .map(Held::view)
        .sorted(Comparator.comparing(v -> v.duty().value()))
        .toList();
  }

  private final class Held implements HeldLease {
    private final DutyName duty;
    private final long token;
    private final long era;
    private volatile long renewed;
    private volatile boolean over;
    private volatile long steps;
    private int version;

    private Held(DutyName duty, long token, long era, long asked) {
      this.duty = duty;
      this.token = token;
      this.era = era;
      this.renewed = asked;
    }

    @Override
    public long token() {
      return token;
    }

    @Override
    public boolean held() {
      return !over && session.believable() && ticker.nanos() - renewed < ttlNanos;
    }

    @Override
    public void check() {
      if (!held()) {
        throw new dev.anvil.ports.failure.StaleFence(
            "the lease of duty " + duty + " with token " + token + " is over");
      }
    }

    @Override
    public Renewal renew() {
      if (!held()) {
        end();
        return Renewal.LOST;
      }
      if (!session.up()) {
        return Renewal.PAUSED;
      }
      if (session.era() != era) {
        // what was known before the connection went is not believed: take it anew
        release();
        return Renewal.LOST;
      }
      steps++;
      // who slept for half a session asks again, whatever the connection looks like
      long trusted = Math.min(ttlNanos / 3, session.nanos() / 2);
      return ticker.nanos() - renewed < trusted ? Renewal.HELD : written();
    }

    private Renewal written() {
      long asked = ticker.nanos();
      try {
        version = nodes.renew(duty, token, version, content(steps));
        renewed = asked;
        return Renewal.HELD;
      } catch (KeeperException.NoNodeException | KeeperException.BadVersionException e) {
        end();
        return Renewal.LOST;
      } catch (KeeperException e) {
        return Renewal.PAUSED;
      } catch (Exception e) {
        throw Session.unavailable("lease of duty " + duty, e);
      }
    }

    @Override
    public void release() {
      if (!over) {
        try {
          nodes.release(duty, token, version);
        } catch (KeeperException e) {
          // it is another's by now, or goes with the session: a seeker waits that long at most
          over = true;
        } catch (Exception e) {
          throw Session.unavailable("lease of duty " + duty, e);
        } finally {
          end();
        }
      }
    }

    private void end() {
      over = true;
      held.remove(duty, this);
    }

    private LeaseView view() {
      return new LeaseView(duty, token, steps, Duration.ofNanos(ticker.nanos() - renewed), held());
    }
  }
}
