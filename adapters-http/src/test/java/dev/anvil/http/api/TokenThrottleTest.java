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
      throttle.failed("a");
    }
  }

  private void waits() {
    assertThatThrownBy(() -> throttle.admit("a")).isInstanceOf(LimitExceeded.class);
  }

  private void passes() {
    assertThatCode(() -> throttle.admit("a")).doesNotThrowAnyException();
  }

  @Test
  void mistakesAreFreeAndGuessesWaitLongerAndLonger() {
    fail(TokenThrottle.FREE_FAILURES);
    passes();
    fail(1);
    waits();
    assertThatCode(() -> throttle.admit("b")).doesNotThrowAnyException();
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
    throttle.succeeded("a");
    passes();
    fail(TokenThrottle.FREE_FAILURES + 5);
    now.addAndGet(3L * TokenThrottle.MAX_WAIT_SECONDS * SECOND);
    fail(1);
    passes();
  }
}
