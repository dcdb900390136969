package dev.anvil.app.node;

import dev.anvil.http.telemetry.RequestLog;
import dev.anvil.http.use.Use;
import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Caller;
import dev.anvil.identity.RateLimits;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.metrics.Meters;
import java.util.concurrent.atomic.LongAdder;

/** Puts the rates of applications and tenants behind every login, and counts what was moved. */
final class Admission {
  /** Moving so many bytes is work like that of one more request. */
  private static final long COUNTED_BYTES = 64 << 10;

  private final RateLimits limits;
  private final Meters.Counter refused;
  private final LongAdder answered = new LongAdder();

  Admission(RateLimits limits, Meters meters) {
    this.limits = limits;
    this.refused =
        meters.counter(
            "anvil_rate_refused_total", "Requests beyond the rate of a caller.", "limit");
  }

  Use<AuthenticateToken.Command, AuthenticateToken.Result> tokens(AuthenticateToken use) {
    return (call, command) -> {
      AuthenticateToken.Result result = use.execute(call, command);
      admit(result.caller());
      return result;
    };
  }

  dev.anvil.s3.answer.Use<AuthenticateSignature.Command, AuthenticateSignature.Result> signatures(
      AuthenticateSignature use) {
    return (call, command) -> {
      AuthenticateSignature.Result result = use.execute(call, command);
      admit(result.caller());
      return result;
    };
  }

  private void admit(Caller caller) {
    try {
      limits.admit(caller);
    } catch (LimitExceeded e) {
      refused.add(1, String.valueOf(e.fields().get("limit")));
      throw e;
    }
  }

  /**
   * Requests answered since the start, those that moved much counted once more for every {@link
   * #COUNTED_BYTES}.
   */
  long answered() {
    return answered.sum();
  }

  /** Counts what each answered request moved, then hands it on. */
  RequestLog counting(RequestLog log) {
    return line -> {
      answered.add(1 + (line.bytesIn() + line.bytesOut()) / COUNTED_BYTES);
      limits.moved(line.caller(), line.bytesIn(), line.bytesOut());
      log.answered(line);
    };
  }
}
