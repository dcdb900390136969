package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Acting for end users is audited, in a bounded number of entries. */
@Tag("fast")
class ActingLogTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final List<String> told = new ArrayList<>();
  private final ActingLog log =
      new ActingLog((call, kind, subject, detail) ->
          told.add(call.caller().clientId() + " " + kind + " " + subject));

  private void acts(String client, String subject, Instant at) {
    Caller caller = Caller.application(7, "acme", client, Scopes.parse("*|*"));
    log.acts(new Call(caller, "r1"), subject, at);
  }

  @Test
  void aPairHasOneEntryADay() {
    for (int i = 0; i < 24; i++) {
      acts("web", "user:anna", NOON.plusSeconds(3_599L * i));
    }
    acts("web", "user:bob", NOON);
    acts("batch", "user:anna", NOON);
    assertThat(told)
        .containsExactly(
            "web acted.for user:anna", "web acted.for user:bob", "batch acted.for user:anna");
    acts("web", "user:anna", NOON.plus(ActingLog.PERIOD));
    assertThat(told).hasSize(4);
  }

  @Test
  void whoActsForEverybodyCannotFillTheLog() {
    for (int i = 0; i < 3 * ActingLog.MAX_SUBJECTS; i++) {
      acts("web", "user:" + i, NOON);
    }
    assertThat(told).hasSize(ActingLog.MAX_SUBJECTS + 1).last().isEqualTo("web acted.for others");
    for (int i = 0; i < 2 * ActingLog.MAX_APPLICATIONS; i++) {
      acts("app" + i, "user:anna", NOON);
    }
    assertThat(told).hasSize(ActingLog.MAX_SUBJECTS + 1 + 2 * ActingLog.MAX_APPLICATIONS);
  }

  @Test
  void anEntryThatCouldNotBeWrittenIsWrittenByTheNext() {
    boolean[] fails = {true};
    ActingLog failing =
        new ActingLog((call, kind, subject, detail) -> {
          if (fails[0]) {
            throw new IllegalStateException("no disk");
          }
          told.add(subject);
        });
    Call call = new Call(Caller.application(7, "acme", "web", Scopes.parse("*|*")), "r1");
    assertThatThrownBy(() -> failing.acts(call, "user:anna", NOON)).hasMessage("no disk");
    fails[0] = false;
    failing.acts(call, "user:anna", NOON);
    assertThat(told).containsExactly("user:anna");
  }
}
