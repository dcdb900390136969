package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Leased work after a change of the key that seals: seals every stored secret under the newest key,
 * while all of them serve, then lets go of the older keys. The records themselves say what is left
 * to do, so it goes on wherever it was cut.
 */
public final class SealAnew {
  private static final String PURPOSE = Credentials.PURPOSE;

  private final IdentityDirectory directory;
  private final SecretSealer sealer;
  private final KeyRings rings;
  private final SealedElsewhere elsewhere;

  /** On this directory. */
  public SealAnew(
      IdentityDirectory directory, SecretSealer sealer, KeyRings rings, SealedElsewhere elsewhere) {
    this.elsewhere = elsewhere;
    this.directory = directory;
    this.sealer = sealer;
    this.rings = rings;
  }

  /**
   * One commit at most.
   *
   * @param fence runs first in the commit
   * @return whether more is left
   */
  public boolean step(Call call, Consumer<WriteTx> fence) {
    String current = sealer.currentKeyId();
    List<Application> next =
        directory.sealedUnderOthers(current, IdentityLimits.MAX_STEP_APPLICATIONS);
    if (!next.isEmpty()) {
      applications(call, fence, next);
      return true;
    }
    if (wireKey(call, fence, current) || elsewhere.step(fence)) {
      return true;
    }
    return drop(call, fence);
  }

  private void applications(Call call, Consumer<WriteTx> fence, List<Application> next) {
    // sealed before the commit, which only asks whether that still fits
    List<Application> ready = new ArrayList<>();
    for (Application app : next) {
      ready.add(app.withSecrets(app.secrets().stream().map(s -> anew(app, s)).toList(), 0));
    }
    directory.write(
        WriteBounds.reads(8 + 4 * next.size()),
        call,
        change -> {
          fence.accept(change.tx());
          List<Application> fit = new ArrayList<>();
          for (int i = 0; i < next.size(); i++) {
            byte[] now = change.get(IdentityRecords.applicationKey(next.get(i).clientId()));
            if (now != null
                && IdentityRecords.application(now).changed() == next.get(i).changed()) {
              fit.add(ready.get(i));
            }
          }
          if (!fit.isEmpty()) {
            String detail = fit.size() + " applications under key " + sealer.currentKeyId();
            long cursor = change.record("secrets.sealed_anew", 0, "secrets", detail, "");
            fit.forEach(app -> change.put(app.withSecrets(app.secrets(), cursor)));
          }
          return null;
        });
  }

  private LiveSecret anew(Application app, LiveSecret secret) {
    if (secret.sealed().keyId().equals(sealer.currentKeyId())) {
      return secret;
    }
    byte[] context = Credentials.context(app.clientId(), secret.id());
    byte[] plain = sealer.open(PURPOSE, context, secret.sealed());
    try {
      return new LiveSecret(secret.id(), sealer.seal(PURPOSE, context, plain), secret.createdAt());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private boolean wireKey(Call call, Consumer<WriteTx> fence, String current) {
    byte[] stored = directory.read(tx -> tx.get(IdentityRecords.wireKeyKey()));
    if (stored == null || IdentityRecords.wireKey(stored).keyId().equals(current)) {
      return false;
    }
    byte[] plain = sealer.open(WireKey.PURPOSE, WireKey.CONTEXT, IdentityRecords.wireKey(stored));
    SealedSecret sealed = sealer.seal(WireKey.PURPOSE, WireKey.CONTEXT, plain);
    Arrays.fill(plain, (byte) 0);
    directory.write(
        call,
        change -> {
          fence.accept(change.tx());
          if (Arrays.equals(stored, change.get(IdentityRecords.wireKeyKey()))) {
            change.record("key.sealed_anew", 0, "wire", current, "");
            change.put(IdentityRecords.wireKeyKey(), IdentityRecords.wireKey(sealed));
          }
          return null;
        });
    return true;
  }

  /** Nothing is sealed under the older keys any more, nor will be. */
  private boolean drop(Call call, Consumer<WriteTx> fence) {
    if (!rings.rotates(KeyRings.Kind.SEALING)) {
      return false;
    }
    for (KeyRings.Key key : rings.keys(KeyRings.Kind.SEALING)) {
      if (!key.current()) {
        // what others still have under it they seal anew in their own time
        if (inUseElsewhere(key.id())) {
          return false;
        }
        elsewhere.settle();
        directory.write(
            call,
            change -> {
              fence.accept(change.tx());
              return change.record("key.dropped", 0, "sealing", key.id(), "");
            });
        // a secret sealed just before the change may have come in: later ones are refused
        if (directory.sealedUnderOthers(sealer.currentKeyId(), 1).isEmpty()
            && !inUseElsewhere(key.id())) {
          rings.drop(KeyRings.Kind.SEALING, key.id());
        }
        return true;
      }
    }
    return false;
  }

  private boolean inUseElsewhere(String keyId) {
    return elsewhere.byKey().containsKey(keyId);
  }
}
