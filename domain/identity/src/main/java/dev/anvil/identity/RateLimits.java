package dev.anvil.identity;

import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What applications and tenants may ask of this node in a second. Requests are counted when they
 * come, bytes when they have been moved: who moved more than its rate waits until that is made up
 * for. Any number of threads.
 */
public final class RateLimits {
  private static final String APPLICATION = "app:";

  private final IdentityDirectory directory;
  private final Ticker ticker;
  private final Rates ofApplication;
  private final Rates ofTenant;
  private final Map<String, Buckets> applications = new ConcurrentHashMap<>();
  private final Map<Long, Buckets> tenants = new ConcurrentHashMap<>();

  private record Buckets(TokenBucket requests, TokenBucket bytesIn, TokenBucket bytesOut) {
    static Buckets at(long now) {
      return new Buckets(new TokenBucket(now), new TokenBucket(now), new TokenBucket(now));
    }

    long waitNanos(Rates rates, long now) {
      return Math.max(
          requests.waitNanos(rates.requests(), now),
          Math.max(
              bytesIn.waitNanos(rates.bytesIn(), now), bytesOut.waitNanos(rates.bytesOut(), now)));
    }
  }

  /**
   * Of this directory.
   *
   * @param ofApplication of each application
   * @param ofTenant of all applications of a tenant about which nothing else is said
   */
  public RateLimits(
      IdentityDirectory directory, Ticker ticker, Rates ofApplication, Rates ofTenant) {
    this.directory = directory;
    this.ticker = ticker;
    this.ofApplication = ofApplication;
    this.ofTenant = ofTenant;
  }

  /**
   * Lets a request of an application through, or says how long to wait; a refusal costs nothing.
   *
   * @throws LimitExceeded TooManyRequests
   */
  public void admit(Caller caller) {
    if (caller.anonymous() || caller.admin()) {
      return;
    }
    long now = ticker.nanos();
    Rates rates = ofTenant(caller.tenant());
    Buckets tenant = buckets(tenants, caller.tenantId(), now);
    Buckets application = buckets(applications, caller.clientId(), now);
    require("tenant", caller.tenant(), tenant.waitNanos(rates, now));
    require("application", caller.clientId(), application.waitNanos(ofApplication, now));
    tenant.requests().take(rates.requests(), 1, now);
    application.requests().take(ofApplication.requests(), 1, now);
  }

  /**
   * Counts bytes that were moved for an actor.
   *
   * @param actor as {@link Caller#actor()} says it; others than applications are not counted
   */
  public void moved(String actor, long in, long out) {
    if (!actor.startsWith(APPLICATION)) {
      return;
    }
    KnownApplication known = directory.application(actor.substring(APPLICATION.length()));
    if (known == null) {
      return;
    }
    Application app = known.application();
    long now = ticker.nanos();
    take(buckets(applications, app.clientId(), now), ofApplication, in, out, now);
    take(buckets(tenants, app.tenantId(), now), ofTenant(app.tenant()), in, out, now);
  }

  private static void take(Buckets buckets, Rates rates, long in, long out, long now) {
    buckets.bytesIn().take(rates.bytesIn(), in, now);
    buckets.bytesOut().take(rates.bytesOut(), out, now);
  }

  private Rates ofTenant(String name) {
    Tenant tenant = directory.tenant(name);
    return tenant == null ? ofTenant : ofTenant.orSaid(tenant.limits());
  }

  private static <K> Buckets buckets(Map<K, Buckets> all, K key, long now) {
    Buckets known = all.get(key);
    if (known != null) {
      return known;
    }
    if (all.size() >= IdentityLimits.MAX_METERED) {
      // everybody begins anew with a full bucket: rare, and kinder than to refuse
      all.clear();
    }
    return all.computeIfAbsent(key, _ -> Buckets.at(now));
  }

  private static void require(String what, String who, long waitNanos) {
    if (waitNanos > 0) {
      long seconds = Math.ceilDiv(waitNanos, 1_000_000_000L);
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_MANY_REQUESTS,
          what + " '" + who + "' asks for more than its rate; wait " + seconds + " s",
          Map.of("limit", what + "Rate", "retryAfterSeconds", seconds));
    }
  }
}
