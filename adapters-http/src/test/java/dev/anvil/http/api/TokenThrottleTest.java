package dev.anvil.http.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.LimitExceeded;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TokenThrottleTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final TokenThrottle throttle = new TokenThrottle(now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed("10.0.0.1", "a");
    }
  }

  private void waits() {
    assertThatThrownBy(() -> throttle.admit("10.0.0.1", "a")).isInstanceOf(LimitExceeded.class);
  }

  private void passes() {
    assertThatCode(() -> throttle.admit("10.0.0.1", "a")).doesNotThrowAnyException();
  }

  @Test
  void mistakesAreFreeAndGuessesWaitLongerAndLonger() {
    fail(TokenThrottle.FREE_FAILURES);
    passes();
    fail(1);
    waits();
    assertThatCode(() -> throttle.admit("10.0.0.1", "b")).doesNotThrowAnyException();
    now.addAndGet(SECOND);
    passes();
    fail(1);
    now.addAndGet(SECOND);
    waits();
    now.addAndGet(SECOND);
    passes();
    fail(20);
    now.addAndGet((TokenThrottle.MAX_WAIT_SECONDS - 1) * SECOND);
    waits();
    now.addAndGet(SECOND);
    passes();
  }

  @Test
  void successAndSilenceForgive() {
    fail(TokenThrottle.FREE_FAILURES + 1);
    throttle.succeeded("10.0.0.1", "a");
    passes();
    fail(TokenThrottle.FREE_FAILURES + 5);
    now.addAndGet(3L * TokenThrottle.MAX_WAIT_SECONDS * SECOND);
    fail(1);
    passes();
  }

  @Test
  void anAddressThatTriesEveryNameIsSlowedTooAndOthersAreNot() {
    for (int i = 0; i < TokenThrottle.FREE_FAILURES_OF_ADDRESS; i++) {
      throttle.failed("10.0.0.1", "name " + i);
    }
    assertThatCode(() -> throttle.admit("10.0.0.1", "fresh")).doesNotThrowAnyException();
    throttle.failed("10.0.0.1", "one more");
    throttle.succeeded("10.0.0.1", "its own");
    assertThatThrownBy(() -> throttle.admit("10.0.0.1", "fresh")).isInstanceOf(LimitExceeded.class);
    assertThatCode(() -> throttle.admit("10.0.0.2", "name 1")).doesNotThrowAnyException();
    now.addAndGet(SECOND);
    assertThatCode(() -> throttle.admit("10.0.0.1", "fresh")).doesNotThrowAnyException();
  }
}
