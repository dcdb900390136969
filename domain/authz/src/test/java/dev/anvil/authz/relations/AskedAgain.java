package dev.anvil.authz.relations;

import static dev.anvil.authz.relations.AuthzWorld.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A world of relationships whose questions are asked alone, batched and reordered. */
abstract class AskedAgain {
  final AuthzWorld world = new AuthzWorld();

  @AfterEach
  final void close() {
    world.close();
  }

  private record Asked(Question question, String answer) {}

  private final List<Asked> asked = new ArrayList<>();

  /** Notes a question and asks it alone. */
  final void answers(String answer, String question, String json, String... contextual) {
    Question q = question(question, json, contextual);
    asked.add(new Asked(q, answer));
    assertThat(world.check(q, Consistency.FULL)).as(question).isEqualTo(answer);
  }

  final void answers(String answer, String question) {
    answers(answer, question, null);
  }

  /** Asks all that was noted again: in a batch, and in the other order. */
  final void again() {
    batch();
    Collections.reverse(asked);
    batch();
    asked.clear();
  }

  private void batch() {
    var items =
        new CheckBatch(world.services)
            .execute(
                AuthzWorld.CALL,
                new CheckBatch.Command(
                    asked.stream().map(a -> CheckBatch.Asked.of(a.question())).toList(),
                    Consistency.FULL))
            .items();
    for (int i = 0; i < asked.size(); i++) {
      var item = items.get(i);
      String got =
          item.failure() != null ? item.failure().code().wire() : AuthzWorld.text(item.verdict());
      assertThat(got).as("%s", asked.get(i).question()).isEqualTo(asked.get(i).answer());
    }
  }
}
