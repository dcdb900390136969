package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RateLimitsTest {
  private final IdentityWorld world = new IdentityWorld();
  private final ManualTicker ticker = new ManualTicker();
  private Caller first;
  private Caller second;

  RateLimitsTest() {
    world.tenant("acme");
    first = world.as(world.application("acme", "first", "*|*")).caller();
    second = world.as(world.application("acme", "second", "*|*")).caller();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private RateLimits limits(Rates application, Rates tenant) {
    return new RateLimits(world.directory, ticker, application, tenant);
  }

  private static Rates requests(long perSecond) {
    return new Rates(perSecond, TenantLimits.NONE, TenantLimits.NONE);
  }

  private static int admitted(RateLimits limits, Caller caller, int tries) {
    int count = 0;
    for (int i = 0; i < tries; i++) {
      try {
        limits.admit(caller);
        count++;
      } catch (LimitExceeded e) {
        assertThat(e.reason()).isEqualTo(LimitExceeded.Reason.TOO_MANY_REQUESTS);
      }
    }
    return count;
  }

  private void set(long requests, long in, long out) {
    new SetTenantLimits(world.directory)
        .execute(
            IdentityWorld.ADMIN,
            new SetTenantLimits.Command(
                "acme",
                new TenantLimits(requests, in, out, TenantLimits.NONE, TenantLimits.NONE),
                null));
  }

  /** It read the clock, and the machine let others go first. */
  @Test
  void whoWasHeldUpIsNotRefusedForIt() {
    long held = 1_000_000_000L;
    long now = held + Duration.ofSeconds(30).toNanos();
    TokenBucket bucket = new TokenBucket(0);
    assertThat(bucket.waitNanos(10, now)).isZero();
    assertThat(bucket.waitNanos(10, held)).isZero();
    bucket.take(10, 10 * IdentityLimits.BURST.toSeconds(), held);
    // nor does the time that is counted already count twice
    assertThat(bucket.waitNanos(10, now)).isEqualTo(100_000_000L);
  }

  /** The burst, one past it, and the rate afterwards. */
  @Test
  void requestsPassAtTheRate() {
    RateLimits limits = limits(requests(10), Rates.FREE);
    int burst = 10 * (int) IdentityLimits.BURST.toSeconds();
    assertThat(admitted(limits, first, burst)).isEqualTo(burst);
    LimitExceeded e = catchThrowableOfType(LimitExceeded.class, () -> limits.admit(first));
    assertThat(e.fields().get("retryAfterSeconds")).isEqualTo(1L);
    assertThat(e.retryable()).isTrue();
    ticker.advance(Duration.ofMillis(99));
    assertThat(admitted(limits, first, 1)).isZero();
    ticker.advance(Duration.ofMillis(1));
    assertThat(admitted(limits, first, 2)).isEqualTo(1);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(admitted(limits, first, 50)).isEqualTo(10);
    ticker.advance(Duration.ofDays(1));
    assertThat(admitted(limits, first, 50)).isEqualTo(burst);
  }

  @Test
  void applicationsOfATenantShareItsRateAndOthersDoNot() {
    RateLimits limits = limits(requests(100), requests(10));
    assertThat(admitted(limits, first, 15)).isEqualTo(15);
    assertThat(admitted(limits, second, 15)).isEqualTo(5);
    world.tenant("other");
    Caller other = world.as(world.application("other", "app", "*|*")).caller();
    assertThat(admitted(limits, other, 15)).isEqualTo(15);
    assertThatCode(() -> limits.admit(Caller.ANONYMOUS)).doesNotThrowAnyException();
    assertThatCode(() -> limits.admit(Caller.admin("root"))).doesNotThrowAnyException();
  }

  @Test
  void whatIsSaidOfATenantCountsFromTheNextRequestOn() {
    RateLimits limits = limits(Rates.FREE, Rates.FREE);
    assertThat(admitted(limits, first, 1_000)).isEqualTo(1_000);
    set(5, TenantLimits.NONE, TenantLimits.NONE);
    assertThat(admitted(limits, first, 1_000)).isEqualTo(10);
    set(TenantLimits.NONE, TenantLimits.NONE, TenantLimits.NONE);
    assertThat(admitted(limits, first, 1_000)).isEqualTo(1_000);
  }

  @Test
  void whoMovedMoreThanItsRateWaitsUntilThatIsMadeUpFor() {
    RateLimits limits = limits(new Rates(TenantLimits.NONE, 1_000, 1_000), Rates.FREE);
    limits.admit(first);
    limits.moved(first.actor(), 2_000 + 3_000, 0);
    LimitExceeded e = catchThrowableOfType(LimitExceeded.class, () -> limits.admit(first));
    assertThat(e.fields().get("retryAfterSeconds")).isEqualTo(4L);
    assertThatCode(() -> limits.admit(second)).doesNotThrowAnyException();
    ticker.advance(Duration.ofMillis(3_001));
    limits.admit(first);
    limits.moved(first.actor(), 0, 2_500);
    assertThatThrownBy(() -> limits.admit(first)).isInstanceOf(LimitExceeded.class);
  }

  /** A body of terabytes locks nobody out for days. */
  @Test
  void aDebtIsBounded() {
    RateLimits limits = limits(new Rates(TenantLimits.NONE, 1_000, 1_000), Rates.FREE);
    limits.moved(first.actor(), 1L << 40, 0);
    LimitExceeded e = catchThrowableOfType(LimitExceeded.class, () -> limits.admit(first));
    assertThat((Long) e.fields().get("retryAfterSeconds"))
        .isEqualTo(IdentityLimits.LONGEST_DEBT.toSeconds() + 1);
    ticker.advance(IdentityLimits.LONGEST_DEBT.plusMillis(1));
    limits.admit(first);
  }

  @Test
  void aRefusalCostsNothing() {
    RateLimits limits = limits(requests(10), Rates.FREE);
    assertThat(admitted(limits, first, 10_000)).isEqualTo(20);
    ticker.advance(Duration.ofMillis(100));
    assertThat(admitted(limits, first, 1)).isEqualTo(1);
  }

  @Test
  void limitsOfTenantsAreWithinBounds() {
    assertThatThrownBy(() -> new TenantLimits(0, -1, -1, -1, -1)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new TenantLimits(-2, -1, -1, -1, -1)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new TenantLimits(-1, -1, -1, TenantLimits.MAX + 1, -1))
        .isInstanceOf(Invalid.class);
    assertThat(new TenantLimits(1, 1, 1, 0, TenantLimits.MAX).hasQuota()).isTrue();
  }
}
