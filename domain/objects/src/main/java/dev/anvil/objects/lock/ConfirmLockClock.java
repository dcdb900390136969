package dev.anvil.objects.lock;

import dev.anvil.identity.Call;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.rules.LockClock;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.journal.JournalDraft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Shows the clock of locks, and makes it believe the wall clock where an administrator has looked
 * into why that leads.
 */
public final class ConfirmLockClock {
  /**
   * What to do.
   *
   * @param confirm whether the wall clock is to be believed from now on; else it is only shown
   */
  public record Command(boolean confirm) {}

  /**
   * The clock.
   *
   * @param now the time by which locks end
   * @param wall what the wall clock says
   * @param lead by how much the wall clock leads beyond what is believed
   */
  public record Result(Instant now, Instant wall, Duration lead) {}

  private final ObjectServices services;

  /** Works on these services. */
  public ConfirmLockClock(ObjectServices services) {
    this.services = services;
  }

  /** For administrators of the deployment; a confirmation is journalled before it counts. */
  public Result execute(Call call, Command command) {
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs the admin credential; send it as bearer");
    }
    if (!call.caller().admin()) {
      throw new Denied("only an administrator of the deployment may do this");
    }
    LockClock clock = services.guards().clock();
    if (command.confirm()) {
      Instant wall = services.clock().instant();
      services
          .partitions()
          .directory()
          .write(tx -> {
            tx.append(
                new JournalDraft(
                    "clock.confirmed",
                    0,
                    wall.toString().getBytes(StandardCharsets.US_ASCII),
                    null,
                    call.caller().actor(),
                    call.requestId(),
                    null,
                    null,
                    0,
                    List.of()));
            LockTime.keep(tx, wall);
            return null;
          });
      clock.confirm();
    }
    return new Result(clock.now(), services.clock().instant(), clock.lead());
  }
}
