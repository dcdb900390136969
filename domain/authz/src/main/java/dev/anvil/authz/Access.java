package dev.anvil.authz;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.metrics.Meters;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one door to buckets and keys. Every use case calls it first, before any look-up could tell
 * whether the thing exists. The order is fixed: the reserved namespace is shut for everybody, then
 * the scopes of the caller must cover the action on the resource, then relationships must give it
 * where they govern.
 */
public final class Access {
  /** Counts refusals of the reserved namespace. */
  public static final String RESERVED_REFUSED = "anvil_reserved_namespace_refused_total";

  /** Revision of decisions that rest on scopes alone. */
  public static final long NO_RELATIONSHIPS = 0;

  private final Meters.Counter refused;
  private final RefusalLog log;
  private final Gate gate;

  /** Without relationships. The log hears of every attempt to touch the reserved namespace. */
  public Access(Meters meters, RefusalLog log) {
    this(meters, log, Gate.OPEN);
  }

  /** With relationships behind the scopes. */
  public Access(Meters meters, RefusalLog log, Gate gate) {
    this.gate = gate;
    this.refused =
        meters.counter(
            RESERVED_REFUSED, "Requests refused because they name the reserved namespace");
    this.log = log;
  }

  /**
   * Returns if the caller may.
   *
   * @return revision of the relationships that the decision rests on; {@link #NO_RELATIONSHIPS} if
   *     it rests on scopes alone
   * @throws ReservedNamespace if the resource lies there, whoever calls
   * @throws Unauthenticated if nobody is proved to be calling
   * @throws Denied if no scope of the caller covers it, or a relationship is missing
   */
  public long require(Call call, Action action, Resource resource) {
    scoped(call, action, resource);
    return gate.require(call, action, resource, false);
  }

  /**
   * As {@link #require} for object:list on a prefix, by a use case that shows only what {@link
   * #seeing} lets through; where relationships govern, {@code list} is enough for it.
   */
  public long requireListing(Call call, Resource resource) {
    scoped(call, Action.OBJECT_LIST, resource);
    return gate.require(call, Action.OBJECT_LIST, resource, true);
  }

  /** Runs a walk over a bucket's keys with the test of which keys the caller may see. */
  public <T> T seeing(Call call, BucketName bucket, Function<Predicate<byte[]>, T> walk) {
    return gate.seeing(call, bucket, walk);
  }

  private void scoped(Call call, Action action, Resource resource) {
    requireOrdinary(call, action, resource);
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs credentials; send a bearer token");
    }
    if (!call.caller().scopes().allows(action, resource.scope())) {
      String scope = action.text() + "|" + resource.scope().text();
      throw new Denied(
          Denied.Reason.PERMISSION,
          "no scope of this caller covers '" + scope + "'; ask for a grant or a wider token",
          Map.of("action", action.text(), "resource", resource.scope().text()));
    }
  }

  /**
   * The first half of {@link #require} alone, for names met before the rest of a request is looked
   * at. Counts and logs what it refuses.
   *
   * @throws ReservedNamespace if the resource lies there, whoever calls
   */
  void requireOrdinary(Call call, Action action, Resource resource) {
    if (resource.reserved()) {
      refused.add(1);
      log.reservedNamespaceRefused(call, action, resource);
      throw new ReservedNamespace(
          "names that are _anvil or start with _anvil/ belong to the server; use another name");
    }
  }

  /** As {@link #require}, without a failure, a count or a log line: for filtering lists. */
  public boolean allows(Call call, Action action, Resource resource) {
    if (resource.reserved() || !call.caller().scopes().allows(action, resource.scope())) {
      return false;
    }
    try {
      gate.require(call, action, resource, false);
      return true;
    } catch (Denied e) {
      return false;
    }
  }
}
