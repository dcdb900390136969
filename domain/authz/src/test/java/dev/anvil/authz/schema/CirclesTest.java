package dev.anvil.authz.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.ports.failure.Invalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows from a schema as a whole, against plain walks from each of its members. */
@Tag("fast")
class CirclesTest {
  private static final int TYPES = 5;

  private static Schema read(String text) {
    Map<String, Integer> ids = new HashMap<>();
    return new SchemaReader(AuthzLimits.DEFAULT.schema(), new CelCaveats())
        .read(text, false, name -> ids.computeIfAbsent(name, n -> ids.size() + 1));
  }

  private static String random(SplittableRandom random) {
    StringBuilder text = new StringBuilder("definition u {}\n");
    for (int t = 0; t < TYPES; t++) {
      text.append("definition t").append(t).append(" {\n");
      for (int r = 0; r < 3; r++) {
        text.append("  relation r").append(r).append(": ");
        text.append(
            IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i ->
                    switch (i == 0 ? random.nextInt(1, 4) : random.nextInt(4)) {
                      case 0 -> "u";
                      case 1 -> "t" + random.nextInt(TYPES);
                      default ->
                          "t%d#%s%d"
                              .formatted(
                                  random.nextInt(TYPES),
                                  random.nextBoolean() ? "r" : "p",
                                  random.nextInt(3));
                    })
                .distinct()
                .collect(Collectors.joining(" | ")));
        text.append('\n');
      }
      for (int p = 0; p < 3; p++) {
        text.append("  permission p" + p + " = ").append(expression(random, p, 3)).append('\n');
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private static String expression(SplittableRandom random, int earlier, int depth) {
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(7);
    return switch (kind) {
      case 0 -> "r" + random.nextInt(3);
      case 1 -> earlier == 0 ? "nil" : "p" + random.nextInt(earlier);
      case 2 -> "r%d->%s%d".formatted(random.nextInt(3), random.nextBoolean() ? "p" : "r", 2);
      default -> {
        String op = kind == 3 ? " + " : kind == 4 ? " & " : " - ";
        yield "("
            + expression(random, earlier, depth - 1)
            + op
            + expression(random, earlier, depth - 1)
            + ")";
      }
    };
  }

  @Test
  void theyAreWhatWalkingFromEachMemberFinds() {
    SplittableRandom random = new SplittableRandom(Long.getLong("anvil.seed", 7));
    int unstable = 0;
    int stable = 0;
    for (int i = 0; i < 150; i++) {
      String text = random(random);
      Schema schema = read(text);
      Circles circles = Circles.of(schema);
      Possible possible = Possible.of(schema, circles);
      for (Schema.Type t : schema.types()) {
        for (Schema.Member m : t.members()) {
          List<String> can =
              schema.types().stream()
                  .filter(s -> schema.reach(s.id(), Schema.PLAIN, false).test(m))
                  .map(Schema.Type::name)
                  .toList();
          assertThat(possible.of(m)).as("%s of %s", m, text).isEqualTo(can);
          if (!m.relation()) {
            boolean back = InstabilityOracle.of(schema, m);
            assertThat(circles.unstable(m)).as("%s of %s", m, text).isEqualTo(back);
            unstable += back ? 1 : 0;
            stable += back ? 0 : 1;
          }
        }
      }
    }
    assertThat(unstable).isGreaterThan(100);
    assertThat(stable).isGreaterThan(100);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void theLargestSchemaIsReadInOneGo() {
    StringBuilder text = new StringBuilder("definition user {}\n");
    for (int t = 0; text.length() < 250 << 10; t++) {
      text.append("definition t").append(t).append(" { relation r: ");
      int many = Math.min(t, 60);
      int last = t;
      text.append(
          many == 0
              ? "user"
              : IntStream.range(0, many)
                  .mapToObj(i -> "t" + (last - 1 - i))
                  .collect(Collectors.joining(" | ")));
      for (int p = 0; p < 24; p++) {
        text.append("\n permission p" + p + " = r->p" + (p + 1) % 24 + " - r->p" + p);
      }
      text.append("\n}\n");
    }
    try {
      assertThat(read(text.toString()).types()).hasSizeGreaterThan(200);
    } catch (Invalid e) {
      assertThat(e).hasMessageContaining("problems");
    }
  }
}
