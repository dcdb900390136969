package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers many questions at one revision and time; each failure is its own. */
public final class CheckBatch {
  /** A question, or why what was sent is none; the other is null. */
  public record Asked(Question question, AnvilException refused) {
    /** A question. */
    public static Asked of(Question question) {
      return new Asked(question, null);
    }
  }

  /** What is asked, in order, duplicates too. */
  public record Command(List<Asked> questions, Consistency consistency) {
    /** Copies the list. */
    public Command {
      questions = List.copyOf(questions);
    }
  }

  /** Either a verdict or why there is none; the other is null. */
  public record Item(Verdict verdict, AnvilException failure) {}

  /** One item for each question, in its place. */
  public record Result(List<Item> items, String token, Instant evaluatedAt) {}

  private final AuthzServices services;

  /** Works on these services. */
  public CheckBatch(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:check on the member of each object; a missing scope refuses the item alone. */
  public Result execute(Call call, Command command) {
    Relationships r = services.relationships();
    int most = r.limits().question().items();
    if (command.questions().size() > most) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a batch has at most " + most + " items, this one " + command.questions().size(),
          Map.of("limit", "items", "max", most, "value", command.questions().size()));
    }
    Relationships.Owner owner = services.owner(call);
    Relationships.Answer<List<Item>> answer =
        services
            .meters()
            .asked(
                "batch",
                command.consistency(),
                (Relationships.Answer<List<Item>> a) -> "answered",
                () -> r.read(owner, command.consistency(), view -> items(call, command, r, view)));
    for (Item item : answer.value()) {
      if (item.failure() != null) {
        services.meters().failed(item.failure());
      }
      services
          .meters()
          .item(
              command.consistency(),
              item.failure() != null ? "error" : RelationMeters.result(item.verdict()));
    }
    return new Result(answer.value(), answer.token(), answer.evaluatedAt());
  }

  private List<Item> items(Call call, Command command, Relationships r, View view) {
    Questions questions = new Questions(view, r.ids(), r.limits());
    Work whole = Work.page(r.limits().question(), r.ticker());
    List<Item> items = new ArrayList<>();
    for (Asked asked : command.questions()) {
      if (asked.refused() != null) {
        items.add(new Item(null, asked.refused()));
      } else if (whole.spent()) {
        items.add(new Item(null, late()));
      } else {
        items.add(item(call, questions, asked.question(), r));
      }
    }
    return items;
  }

  private static LimitExceeded late() {
    return new LimitExceeded(
        LimitExceeded.Reason.CHECK,
        "the batch passed its bound of time before this item; ask for it again in a smaller one",
        Map.of("limit", "batch_time"));
  }

  private Item item(Call call, Questions questions, Question q, Relationships r) {
    try {
      services
          .access()
          .require(
              call,
              Action.AUTHZ_CHECK,
              Resource.relation(q.resource().type(), q.resource().id(), q.permission()));
      return new Item(questions.check(q, new Work(r.limits().question(), r.ticker())), null);
    } catch (Unavailable | Corrupt e) {
      throw e;
    } catch (AnvilException e) {
      return new Item(null, e);
    }
  }
}
