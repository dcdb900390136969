package dev.anvil.authz.grants;

import dev.anvil.identity.Caller;
import dev.anvil.ports.failure.Invalid;
import java.util.List;
import java.util.Map;

/**
 * An access control list as it was set, in its order.
 *
 * @param entries at most {@link GrantLimits#MAX_ENTRIES}
 * @param bare whether no entry at all was asked for: the owner, who needs none, is not shown either
 */
public record Acl(List<Entry> entries, boolean bare) {
  /** Nothing but the owner's full control, which needs no entry. */
  public static final Acl PRIVATE = new Acl(List.of(), false);

  /** A list that was set to no grant at all. */
  public static final Acl BARE = new Acl(List.of(), true);

  /** One permission for one grantee. */
  public record Entry(Grantee grantee, Permission permission) {}

  /** A list of these; without any it says what {@link #PRIVATE} does. */
  public Acl(List<Entry> entries) {
    this(entries, false);
  }

  /** Copies and counts. */
  public Acl {
    entries = List.copyOf(entries);
    if (entries.size() > GrantLimits.MAX_ENTRIES) {
      throw new Invalid(
          Invalid.Reason.ACL,
          "an access control list has at most "
              + GrantLimits.MAX_ENTRIES
              + " grants, this one "
              + entries.size(),
          Map.of("grants", entries.size(), "limit", GrantLimits.MAX_ENTRIES));
    }
  }

  /** As {@link #gives(Caller, Permission, boolean)}, but for what {@link #everybody} tells. */
  public boolean givesBeside(Caller caller, Permission permission, boolean ignorePublic) {
    boolean told = permission == Permission.READ || permission == Permission.WRITE;
    return entries.stream()
        .filter(e -> !told || e.grantee() != Grantee.Group.ALL_USERS)
        .anyMatch(e -> gives(e, caller, permission, ignorePublic));
  }

  /**
   * Whether an entry gives the caller the permission.
   *
   * @param ignorePublic whether entries for the public count for nothing
   */
  public boolean gives(Caller caller, Permission permission, boolean ignorePublic) {
    for (Entry entry : entries) {
      if (gives(entry, caller, permission, ignorePublic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean gives(
      Entry entry, Caller caller, Permission permission, boolean ignorePublic) {
    return entry.permission().holds(permission)
        && entry.grantee().means(caller)
        && !(ignorePublic && entry.grantee().open());
  }

  /** Whether an entry names the public. */
  public boolean open() {
    return entries.stream().anyMatch(e -> e.grantee().open());
  }

  /** What the list of a bucket gives everybody, as far as tuples can say it. */
  public Everybody everybody() {
    return new Everybody(givesAll(Permission.READ), givesAll(Permission.WRITE));
  }

  private boolean givesAll(Permission permission) {
    return entries.stream()
        .anyMatch(e -> e.grantee() == Grantee.Group.ALL_USERS && e.permission().holds(permission));
  }

  /** Whether somebody other than the account is given anything. */
  public boolean beyond(long tenantId) {
    return entries.stream()
        .anyMatch(e -> !(e.grantee() instanceof Grantee.Account a && a.tenantId() == tenantId));
  }
}
