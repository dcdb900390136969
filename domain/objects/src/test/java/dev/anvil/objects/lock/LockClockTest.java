package dev.anvil.objects.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.journal.Finding;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.Guards;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.rules.LockClock;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.testkit.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clock of locks over restarts, wall clocks that jump, and administrators. */
@Tag("fast")
class LockClockTest {
  private static final Call ADMIN = new Call(Caller.admin("root"), "r");
  private final BucketFixture node = new BucketFixture();
  private final ManualTicker ticker = new ManualTicker();
  private final List<Finding> findings = new ArrayList<>();
  private ObjectServices services = boot();

  private ObjectServices boot() {
    LockClock clock =
        LockClock.after(
            LockTime.left(node.services().partitions().directory()), node.clock(), ticker);
    return node.services().with(new Guards(clock, BodyKeys.none()));
  }

  private void keep() {
    assertThat(new KeepLockClock(services, findings::add).step(1)).isFalse();
  }

  private void pass(Duration time) {
    node.clock().move(time);
    ticker.advance(time);
  }

  private Instant now() {
    return services.guards().clock().now();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void itFollowsAWallClockThatGoesRight() {
    Instant start = now();
    pass(Duration.ofDays(400));
    assertThat(now()).isEqualTo(start.plus(Duration.ofDays(400)));
    node.clock().move(Duration.ofMinutes(4));
    assertThat(now()).as("small corrections are believed").isEqualTo(node.clock().instant());
    node.clock().move(Duration.ofHours(-3));
    Instant held = now();
    assertThat(held).as("it never goes back").isAfter(node.clock().instant());
    keep();
    assertThat(findings).isEmpty();
  }

  @Test
  void aJumpIsAFindingAndOutlivesRestarts() {
    keep();
    Instant before = now();
    node.clock().move(Duration.ofDays(3_650));
    assertThat(now()).isEqualTo(before);
    keep();
    keep();
    assertThat(findings).isNotEmpty();
    assertThat(findings.getFirst().invariant()).isEqualTo("wall-clock-lead");
    node.crash();
    services = boot();
    assertThat(now()).as("a restart does not believe it either").isEqualTo(before);
    ConfirmLockClock confirm = new ConfirmLockClock(services);
    assertThatThrownBy(
            () -> confirm.execute(BucketFixture.CALL, new ConfirmLockClock.Command(true)))
        .isInstanceOf(Denied.class);
    assertThat(confirm.execute(ADMIN, new ConfirmLockClock.Command(false)).lead())
        .isEqualTo(Duration.ofDays(3_650));
    assertThat(confirm.execute(ADMIN, new ConfirmLockClock.Command(true)).lead())
        .isEqualTo(Duration.ZERO);
    assertThat(now()).isEqualTo(node.clock().instant());
    services = boot();
    assertThat(now()).isEqualTo(node.clock().instant());
  }

  @Test
  void absencesOfDaysAreBelievedAndManySmallStepsAreNot() {
    keep();
    node.clock().move(Duration.ofDays(6));
    services = boot();
    assertThat(now()).isEqualTo(node.clock().instant());
    Instant before = now();
    for (int i = 0; i < 100; i++) {
      node.clock().move(Duration.ofMinutes(4));
      ticker.advance(Duration.ofSeconds(1));
      now();
    }
    assertThat(now()).isBefore(before.plus(Duration.ofMinutes(10)));
  }
}
