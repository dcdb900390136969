package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Questions on the data shape, of every kind that is measured. */
final class Asks {
  /** Groups lie in each other in chains of this length. */
  private static final int CHAIN = 6;

  private static final int MEMBERS = 20;
  private static final int IN_HOURS = 10;
  private static final int AFTER_HOURS = 20;

  private final PeerShape shape;
  private final int conditioned;

  Asks(PeerShape shape) {
    this.shape = shape;
    int[] count = {0};
    shape.each(text -> count[0] += text.endsWith("]") ? 1 : 0);
    this.conditioned = count[0];
  }

  /** A tuple says yes by itself. */
  Ask direct(SplittableRandom random) {
    int document = random.nextInt(shape.documents);
    return new Ask(
        "document:" + document, "view", "user:" + (shape.users + document), Ask.NO_HOUR, true);
  }

  /** Any user, any document: through groups and folders, mostly no. */
  Ask random(SplittableRandom random) {
    return new Ask(
        "document:" + random.nextInt(shape.documents),
        "view",
        "user:" + random.nextInt(shape.users),
        Ask.NO_HOUR,
        null);
  }

  /** Whether a user is in the outermost group of a chain: a member of the innermost, or any. */
  Ask nested(SplittableRandom random) {
    int top = random.nextInt(shape.groups / CHAIN) * CHAIN;
    boolean inside = random.nextBoolean();
    int user =
        inside
            ? ((top + CHAIN - 1) * 31 + random.nextInt(MEMBERS) * 977) % shape.users
            : random.nextInt(shape.users);
    return new Ask("group:" + top, "member", "user:" + user, Ask.NO_HOUR, inside ? true : null);
  }

  /** A tuple under a condition that holds at one hour of two. */
  Ask conditional(SplittableRandom random) {
    if (conditioned == 0) {
      throw new IllegalStateException("the data have no conditions; take a larger share");
    }
    int document = random.nextInt(conditioned);
    boolean open = random.nextBoolean();
    return new Ask(
        "document:" + document,
        "viewer",
        shape.conditioned(document),
        open ? IN_HOURS : AFTER_HOURS,
        open);
  }

  /** Some of each kind. */
  List<Ask> some(SplittableRandom random, int count) {
    List<Function<SplittableRandom, Ask>> kinds =
        List.of(this::direct, this::random, this::nested, this::conditional);
    List<Ask> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(kinds.get(i % kinds.size()).apply(random));
    }
    return all;
  }
}
