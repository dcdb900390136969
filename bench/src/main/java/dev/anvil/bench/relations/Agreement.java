package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The same questions to all: figures of servers that answer differently are none. */
final class Agreement {
  private static final int QUESTIONS = 300;
  private static final int AT_ONCE = 100;

  private final List<Ask> asks;
  private long yes;

  Agreement(Asks asks, SplittableRandom random) {
    this.asks = asks.some(random, QUESTIONS);
  }

  /** What one server says. */
  record Said(List<Boolean> answers, List<Set<String>> lists) {}

  /**
   * Asks all of them. A peer that fails, or says something else than the first or than the data, is
   * left out; one of ours ends the run.
   *
   * @param remark is told who was left out and why
   * @return those whose figures count
   */
  List<Stand> of(List<Stand> stands, Consumer<String> remark) throws IOException {
    List<Stand> agreed = new ArrayList<>();
    Said first = null;
    for (Stand stand : stands) {
      String name = stand.server().name();
      try {
        Said said = ask(stand);
        judge(name, said);
        compare(name, said, first == null ? said : first);
        first = first == null ? said : first;
        agreed.add(stand);
      } catch (IOException e) {
        if (Findings.ours(name)) {
          throw e;
        }
        remark.accept(name + " was left out: " + e.getMessage());
      }
    }
    yes = first == null ? 0 : first.answers().stream().filter(a -> a).count();
    return agreed;
  }

  /** What they agreed on. */
  String words() {
    return "%d questions, one by one and in batches, answered alike by all (%d allowed), and %d lists"
        .formatted(asks.size(), yes, PeerShape.LISTS.length + 1);
  }

  private void compare(String name, Said said, Said first) throws IOException {
    for (int i = 0; i < asks.size(); i++) {
      if (!said.answers().get(i).equals(first.answers().get(i))) {
        throw new IOException(
            name + " says " + said.answers().get(i) + " to " + asks.get(i) + ", others do not");
      }
    }
    if (!said.lists().equals(first.lists())) {
      throw new IOException(name + " has other lists than the first");
    }
  }

  private void judge(String name, Said said) throws IOException {
    for (int i = 0; i < asks.size(); i++) {
      Boolean expected = asks.get(i).expected();
      if (expected != null && !expected.equals(said.answers().get(i))) {
        throw new IOException(name + " does not say " + expected + " to " + asks.get(i));
      }
    }
    for (int i = 0; i < PeerShape.LISTS.length; i++) {
      whole(name, said.lists().get(i), PeerShape.LISTS[i]);
    }
    whole(name, said.lists().getLast(), PeerShape.SUBJECTS);
  }

  private static void whole(String name, Set<String> ids, int count) throws IOException {
    if (ids.size() != count) {
      throw new IOException(name + " lists " + ids.size() + " of " + count);
    }
  }

  private Said ask(Stand stand) throws IOException {
    Talk talk = stand.server().talk();
    List<Boolean> answers = new ArrayList<>();
    List<Set<String>> lists = new ArrayList<>();
    try (RawHttp http = stand.connect()) {
      for (Ask ask : asks) {
        answers.add(talk.allowed(Wire.expect(http, talk.check(ask))));
      }
      for (int from = 0; from < asks.size(); from += AT_ONCE) {
        List<Ask> some = asks.subList(from, from + AT_ONCE);
        Answer answer = Wire.expect(http, talk.batch(some));
        if (!talk.answers(answer, AT_ONCE).equals(answers.subList(from, from + AT_ONCE))) {
          throw new IOException(stand.server().name() + " answers otherwise in a batch");
        }
      }
      for (int n : PeerShape.LISTS) {
        lists.add(talk.ids(Wire.expect(http, talk.documents(Row.viewer(n)))));
      }
      lists.add(talk.ids(Wire.expect(http, talk.users("document:shared"))));
    }
    return new Said(answers, lists);
  }
}
