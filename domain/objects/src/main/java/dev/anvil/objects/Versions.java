package dev.anvil.objects;

import dev.anvil.objects.rules.ObjectLock;
import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.storage.WriteTx;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The rules of versions: what a put, a delete and the removal of one version do to the states of a
 * key. The newest state lies under LIVE unless it is a marker; every other state lies under
 * VERSIONS. The newest state points to the key's null version, wherever that is.
 */
public final class Versions {
  /** Journal kind of a new version. */
  public static final String PUT = "object.put";

  /** Journal kind of a delete of a key: a marker, or the removal of its only version. */
  public static final String DELETE = "object.delete";

  /** Journal kind of the removal of one version. */
  public static final String REMOVED = "object.version-removed";

  /** Journal kind of other tags of a version. */
  public static final String TAGGED = "object.tagged";

  /** Journal kind of another lock of a version. */
  public static final String LOCKED = "object.locked";

  /** Journal kind of another access control list of a version. */
  public static final String GRANTED = "object.granted";

  /** A new version that is a copy. */
  public static final String VIA_COPY = "copy";

  /** A new version out of a form. */
  public static final String VIA_POST = "post";

  /** A new version out of the parts of an upload. */
  public static final String VIA_COMPLETE = "complete";

  /** Other tags that are none. */
  public static final String VIA_DELETE = "delete";

  private final BucketTx b;
  private final WriteTx tx;

  /** Works inside the function. */
  public Versions(BucketTx b) {
    this.b = b;
    this.tx = b.tx();
  }

  /** Makes the draft the newest version of the key. */
  public Receipt put(KeyState state, VersionDraft draft) {
    return put(state, draft, null);
  }

  /** The same by an operation other than a put; null for a put. */
  public Receipt put(KeyState state, VersionDraft draft, String via) {
    boolean enabled = b.bucket().settings().versioning() == Versioning.ENABLED;
    VersionId id = b.nextVersion();
    VersionRecord version = place(id, draft, !enabled, enabled ? nullOf(state) : id.cursor());
    Payload payload = version.told();
    long cursor = b.append(PUT, state.key().utf8(), id.text(), payload, draft.newBodies(), via);
    VersionRecord live = state.live();
    VersionRecord replaced = enabled ? null : state.nullVersion(tx);
    BucketCounters change = BucketCounters.ofVersions(live == null ? 1 : 0, 1, 0, draft.size());
    if (replaced != null) {
      change = change.plus(forget(state, replaced));
    }
    if (live != null && live != replaced) {
      putApart(state, live);
    }
    putLive(state, version);
    noteLock(state, version, VersionLock.NONE, version.lock());
    b.count(change);
    return b.receipt(
        state.key().text(),
        id.text(),
        !enabled,
        false,
        payload,
        draft.parts(),
        cursor,
        draft.checksums(),
        version.protection());
  }

  /** Deletes the key as the bucket's versioning says; null when there is nothing to delete. */
  public Receipt delete(KeyState state) {
    if (b.bucket().settings().versioning() == Versioning.UNVERSIONED) {
      VersionRecord live = state.live();
      return live == null ? null : remove(state, live, DELETE);
    }
    boolean enabled = b.bucket().settings().versioning() == Versioning.ENABLED;
    VersionId id = b.nextVersion();
    long nullCursor = enabled ? nullOf(state) : id.cursor();
    VersionRecord marker = VersionCodec.marker(id, b.committedAt(), !enabled, nullCursor);
    long cursor = b.append(DELETE, state.key().utf8(), id.text(), null, List.of());
    VersionRecord live = state.live();
    VersionRecord replaced = enabled ? null : state.nullVersion(tx);
    BucketCounters change = BucketCounters.ofVersions(live == null ? 0 : -1, 0, 1, 0);
    if (replaced != null) {
      change = change.plus(forget(state, replaced));
    }
    if (live != null) {
      tx.delete(liveKey(state));
      if (live != replaced) {
        putApart(state, live);
      }
    }
    putApart(state, marker);
    b.countFreely(change);
    return b.receipt(state.key().text(), id.text(), !enabled, true, null, 0, cursor);
  }

  /** Gives a version of the key, which is there and no marker, other tags. */
  Receipt retag(KeyState state, VersionRecord version, SortedMap<String, String> tags) {
    String via = tags.isEmpty() ? VIA_DELETE : null;
    return changeInPlace(state, version, TAGGED, version.withTags(tags), via);
  }

  /** Gives a version of the key, which is there and no marker, another list. */
  public Receipt regrant(KeyState state, VersionRecord version, VersionGrants grants) {
    return changeInPlace(state, version, GRANTED, version.withGrants(grants), null);
  }

  private Receipt changeInPlace(
      KeyState state, VersionRecord version, String kind, VersionRecord changed, String via) {
    String id = version.id().text();
    Payload payload = version.told();
    long cursor = b.append(kind, state.key().utf8(), id, payload, List.of(), via);
    if (state.live() != null && state.live().id().equals(version.id())) {
      putLive(state, changed);
    } else {
      putApart(state, changed);
    }
    return b.receipt(
        state.key().text(), id, version.nullVersion(), false, payload, version.parts(), cursor);
  }

  /** Locks a version of the key, which is there and no marker, otherwise than before. */
  public Receipt relock(KeyState state, VersionRecord version, VersionLock lock) {
    String id = version.id().text();
    Payload payload = version.told();
    long cursor = b.append(LOCKED, state.key().utf8(), id, payload, List.of());
    VersionRecord locked = version.withLock(lock);
    if (state.live() != null && state.live().id().equals(version.id())) {
      putLive(state, locked);
    } else {
      putApart(state, locked);
    }
    noteLock(state, version, version.lock(), lock);
    return b.receipt(
        state.key().text(), id, version.nullVersion(), false, payload, version.parts(), cursor);
  }

  private void noteLock(
      KeyState state, VersionRecord version, VersionLock before, VersionLock after) {
    LockIndex.change(tx, b.bucket().id(), state.key().utf8(), version.cursor(), before, after);
  }

  /** Removes one version or marker of the key, which is there. */
  public Receipt remove(KeyState state, VersionRecord version) {
    return remove(state, version, REMOVED);
  }

  private Receipt remove(KeyState state, VersionRecord version, String kind) {
    String id = version.id().text();
    Payload payload = version.marker() ? null : version.told();
    long cursor = b.append(kind, state.key().utf8(), id, payload, List.of());
    BucketCounters change = forget(state, version);
    if (version.id().equals(state.newest().id())) {
      if (!version.marker()) {
        tx.delete(liveKey(state));
        change = change.plus(BucketCounters.ofVersions(-1, 0, 0, 0));
      }
      change = change.plus(promote(state, version));
    }
    b.countFreely(change);
    return b.receipt(
        state.key().text(),
        id,
        version.nullVersion(),
        version.marker(),
        payload,
        version.parts(),
        cursor);
  }

  /** Makes the next state the newest, after the newest went. */
  private BucketCounters promote(KeyState state, VersionRecord gone) {
    VersionRecord next =
        b.bucket().everVersioned() ? KeyState.newestApart(tx, b.bucket(), state.key()) : null;
    if (next == null) {
      return BucketCounters.ZERO;
    }
    long nullCursor = gone.nullVersion() ? 0 : gone.nullCursor();
    nullCursor = next.nullVersion() ? next.cursor() : nullCursor;
    VersionRecord newest = next.withNullCursor(nullCursor);
    if (!next.marker()) {
      tx.delete(apartKey(state, next));
      putLive(state, newest);
      return BucketCounters.ofVersions(1, 0, 0, 0);
    }
    if (next.nullCursor() != nullCursor) {
      putApart(state, newest);
    }
    return BucketCounters.ZERO;
  }

  /** Drops a state's record, unless it is live, and lets go of what it owns. */
  private BucketCounters forget(KeyState state, VersionRecord version) {
    requireUnlocked(state, version);
    noteLock(state, version, version.lock(), VersionLock.NONE);
    boolean isLive = state.live() != null && state.live().id().equals(version.id());
    if (!isLive) {
      tx.delete(apartKey(state, version));
    }
    release(version);
    return version.marker()
        ? BucketCounters.ofVersions(0, 0, -1, 0)
        : BucketCounters.ofVersions(0, -1, 0, -version.size());
  }

  private void requireUnlocked(KeyState state, VersionRecord version) {
    if (version.lock().keeps(b.lockTime(), b.bypassesGovernance())) {
      throw new Denied(
          Denied.Reason.LOCKED,
          "version "
              + version.id().text()
              + " of '"
              + state.key()
              + "' is locked; it can be removed when its retention and its legal hold have ended",
          Map.of("key", state.key().text(), "version", version.id().text()));
    }
  }

  private void release(VersionRecord version) {
    if (version.structured() instanceof Structured.Apart apart) {
      tx.delete(ObjectsRecords.metadata(apart.cursor()));
    }
    switch (version.body()) {
      case VersionBody.Empty e -> {}
      case VersionBody.Inline i -> tx.delete(ObjectsRecords.inlineBody(i.cursor()));
      case VersionBody.Listed l -> b.leave(new Garbage.PartList(l.listId()));
      case VersionBody.Slices s -> releaseSlices(s.slices());
    }
  }

  private void releaseSlices(List<BodySlice> slices) {
    List<BodyId> bodies = slices.stream().map(BodySlice::body).toList();
    if (bodies.size() > 1) {
      b.leave(new Garbage.References(bodies));
    } else if (BodyRefs.drop(tx, bodies.getFirst(), 1)) {
      b.leave(new Garbage.Dead(bodies));
    }
  }

  private VersionRecord place(
      VersionId id, VersionDraft draft, boolean nullVersion, long nullCursor) {
    VersionBody body =
        switch (draft.content()) {
          case VersionDraft.Content.Placed p -> p.body();
          case VersionDraft.Content.Bytes bytes when bytes.bytes().length == 0 -> VersionBody.EMPTY;
          case VersionDraft.Content.Bytes bytes -> {
            tx.put(ObjectsRecords.inlineBody(id.cursor()), bytes.bytes());
            yield new VersionBody.Inline(id.cursor());
          }
        };
    return new VersionRecord(
        id,
        b.committedAt(),
        false,
        nullVersion,
        nullCursor,
        draft.size(),
        draft.etag(),
        draft.sha256(),
        draft.parts(),
        body,
        draft.headers(),
        draft.userMetadata(),
        placeStructured(id, draft.structured()),
        draft.tags(),
        draft.checksums(),
        draft.grants(),
        protection(draft));
  }

  /**
   * Refuses a lock in a bucket that has none.
   *
   * @throws Invalid InvalidRequest
   */
  public static void requireLockable(BucketRecord bucket, VersionLock asked) {
    if (!asked.isNone() && !bucket.rules().lock().enabled()) {
      throw new Invalid(Invalid.Reason.REQUEST, "Bucket is missing ObjectLockConfiguration");
    }
  }

  /** As the writer asked, else as the bucket says. */
  private Protection protection(VersionDraft draft) {
    ObjectLock rule = b.bucket().rules().lock();
    VersionLock asked = draft.protection().lock();
    requireLockable(b.bucket(), asked);
    if (asked.retention() != null || !rule.enabled()) {
      return draft.protection();
    }
    return draft.protection().with(asked.with(rule.retention(b.committedAt())));
  }

  private Structured placeStructured(VersionId id, byte[] json) {
    if (json == null) {
      return Structured.NONE;
    }
    if (json.length <= ObjectLimits.INLINE_STRUCTURED_BYTES) {
      return new Structured.Here(json);
    }
    tx.put(ObjectsRecords.metadata(id.cursor()), json);
    return new Structured.Apart(id.cursor(), json.length);
  }

  /** Where the null version is, as the state that is newest now knows it. */
  private static long nullOf(KeyState state) {
    VersionRecord newest = state.newest();
    if (newest == null) {
      return 0;
    }
    return newest.nullVersion() ? newest.cursor() : newest.nullCursor();
  }

  private void putLive(KeyState state, VersionRecord version) {
    tx.put(liveKey(state), VersionCodec.encode(version));
  }

  private void putApart(KeyState state, VersionRecord version) {
    tx.put(apartKey(state, version), VersionCodec.encode(version));
  }

  private byte[] liveKey(KeyState state) {
    return ObjectsRecords.live(b.bucket().id(), state.key().utf8());
  }

  private byte[] apartKey(KeyState state, VersionRecord version) {
    return ObjectsRecords.version(b.bucket().id(), state.key().utf8(), version.cursor());
  }
}
