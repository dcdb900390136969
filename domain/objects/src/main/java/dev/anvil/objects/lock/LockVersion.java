package dev.anvil.objects.lock;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionRecord;
import dev.anvil.objects.Versions;
import dev.anvil.objects.rules.Retention;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import java.time.Instant;
import java.util.Map;

/**
 * Changes retention or legal hold of a version, in place. A retention may always be made longer;
 * otherwise governance gives way to who may bypass it, compliance to nobody.
 */
public final class LockVersion {
  /** What changes. */
  public sealed interface Change {
    /** Another retention; null to end it. */
    record Retain(Retention retention) implements Change {}

    /** The legal hold. */
    record Hold(boolean held) implements Change {}
  }

  /**
   * What to change.
   *
   * @param bucket where; it has object lock
   * @param key which key
   * @param version text of a version id, or null for the current version
   * @param change what changes
   * @param bypass whether governance shall be bypassed
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      Change change,
      boolean bypass,
      IdempotencyKey idempotencyKey) {}

  /** The receipt names the version, and the cursor of this change. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final BucketWork work;

  /** Works on these services. */
  public LockVersion(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:write on the key, and policy:write on it to bypass governance.
   *
   * @throws Denied ObjectLocked if the retention that is there does not give way
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    Resource key = Resource.key(command.bucket(), command.key());
    boolean bypass = command.bypass() && services.access().allows(call, Action.POLICY_WRITE, key);
    BucketWork.Plan plan = BucketWork.Plan.of(print(command), command.idempotencyKey());
    return new Result(work.run(target, plan, b -> change(b, command, bypass)));
  }

  private static Receipt change(BucketTx b, Command command, boolean bypass) {
    if (!b.bucket().rules().lock().enabled()) {
      throw new Invalid(Invalid.Reason.REQUEST, "Bucket is missing Object Lock Configuration");
    }
    KeyState state = b.key(command.key());
    VersionRecord found =
        command.version() == null ? state.live() : state.find(b.tx(), command.version());
    if (found == null) {
      // what is wrong in itself is so of any key
      if (command.change() instanceof Change.Retain(Retention wanted) && wanted != null) {
        wanted.requireFuture(b.committedAt());
      }
      throw absent(command);
    }
    if (found.marker()) {
      throw new WrongState(
          WrongState.Reason.DELETE_MARKER,
          "version " + found.id().text() + " is a delete marker; it cannot be locked",
          Map.of("version", found.id().text()));
    }
    VersionLock after =
        switch (command.change()) {
          case Change.Hold h -> found.lock().with(h.held());
          case Change.Retain r -> retained(b, found, r.retention(), bypass);
        };
    return new Versions(b).relock(state, found, after);
  }

  private static VersionLock retained(
      BucketTx b, VersionRecord found, Retention wanted, boolean bypass) {
    Instant now = b.lockTime();
    Retention before = found.lock().retention();
    if (before != null && !before.yieldsTo(wanted, now, bypass)) {
      throw new Denied(
          Denied.Reason.LOCKED,
          "version "
              + found.id().text()
              + " is retained until "
              + before.until()
              + " in "
              + before.mode()
              + " mode, which does not give way to what was asked for",
          Map.of("version", found.id().text(), "until", before.until().toString()));
    }
    if (wanted != null) {
      wanted.requireFuture(b.committedAt());
    }
    return found.lock().with(wanted);
  }

  private static NotFound absent(Command command) {
    return command.version() == null
        ? new NotFound(
            NotFound.Reason.OBJECT,
            "there is no object '" + command.key() + "' in bucket '" + command.bucket() + "'",
            Map.of("bucket", command.bucket().value(), "key", command.key().text()))
        : new NotFound(
            NotFound.Reason.VERSION,
            "there is no version " + command.version() + " of '" + command.key() + "'",
            Map.of("key", command.key().text(), "version", command.version()));
  }

  private static byte[] print(Command command) {
    Fingerprint f =
        new Fingerprint("LockVersion").text(command.key().text()).text(command.version());
    switch (command.change()) {
      case Change.Hold h -> f.text("hold").number(h.held() ? 1 : 0);
      case Change.Retain r ->
          f.text(r.retention() == null ? null : r.retention().mode().name())
              .number(r.retention() == null ? 0 : r.retention().until().toEpochMilli());
    }
    return f.toBytes();
  }
}
