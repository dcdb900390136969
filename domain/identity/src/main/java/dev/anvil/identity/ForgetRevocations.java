package dev.anvil.identity;

import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Leased work: forgets revocations of tokens that are expired by now. */
public final class ForgetRevocations {
  private final IdentityDirectory directory;
  private final InstantSource clock;

  /** On this directory. */
  public ForgetRevocations(IdentityDirectory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * One step.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean step(Call call, Consumer<WriteTx> fence) {
    Instant now = clock.instant();
    List<String> over =
        directory.revokedTokens().entrySet().stream()
            .filter(e -> e.getValue().isBefore(now))
            .limit(IdentityLimits.MAX_STEP_APPLICATIONS)
            .map(Map.Entry::getKey)
            .toList();
    if (over.isEmpty()) {
      return false;
    }
    directory.write(
        call,
        change -> {
          fence.accept(change.tx());
          change.record("token.revocations_over", 0, "tokens", over.size() + " expired", "");
          for (String id : over) {
            change.delete(IdentityRecords.revokedTokenKey(id));
            change.tx().onDurable(() -> directory.see(id, null));
          }
          return null;
        });
    return true;
  }
}
