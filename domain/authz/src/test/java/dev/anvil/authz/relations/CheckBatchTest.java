package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong with an item of a batch is that item's alone. */
@Tag("fast")
class CheckBatchTest {
  private static final Question ANNA =
      Question.of(new ObjectRef("doc", "1"), "viewer", new SubjectRef("user", "anna", null));

  private static CheckBatch.Result batch(AuthzServices services, List<CheckBatch.Asked> items) {
    return new CheckBatch(services)
        .execute(AuthzWorld.CALL, new CheckBatch.Command(items, Consistency.FULL));
  }

  @Test
  void aRefusedItemStandsAtItsPlace() {
    AuthzWorld world = new AuthzWorld();
    world.doc("relation viewer: user");
    world.touch("doc:1#viewer@user:anna");
    Invalid why = new Invalid(Invalid.Reason.JSON, "no question");
    var items =
        batch(
                world.services,
                List.of(
                    CheckBatch.Asked.of(ANNA),
                    new CheckBatch.Asked(null, why),
                    CheckBatch.Asked.of(ANNA)))
            .items();
    assertThat(items).extracting(CheckBatch.Item::failure).containsExactly(null, why, null);
    assertThat(AuthzWorld.text(items.get(2).verdict())).isEqualTo("T");
  }

  @Test
  void whatWasAnsweredInTimeIsNotLost() {
    AuthzWorld world = new AuthzWorld();
    world.doc("relation viewer: user");
    world.touch("doc:1#viewer@user:anna");
    AtomicLong now = new AtomicLong();
    Relationships slow = world.opened(AuthzLimits.DEFAULT, () -> now.addAndGet(100_000_000));
    List<CheckBatch.Asked> items = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      items.add(CheckBatch.Asked.of(ANNA));
    }
    var answers = batch(AuthzWorld.services(slow), items).items();
    assertThat(answers).hasSize(200);
    assertThat(AuthzWorld.text(answers.getFirst().verdict())).isEqualTo("T");
    assertThat(answers.getLast().failure().code().wire()).isEqualTo("CheckLimitExceeded");
    assertThat(answers.getLast().failure()).hasMessageContaining("batch");
  }
}
