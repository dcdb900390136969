package dev.anvil.features.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.anvil.features.architecture.Banned.any;
import static dev.anvil.features.architecture.Banned.some;

import java.util.ArrayList;
import java.util.List;

/** What rules, contracts and the waist may not reach for themselves: it is handed to them. */
final class PurityRules {
  private static final List<Banned> CLOCKS = clocks();
  private static final List<Banned> CHANCE =
      List.of(
          some("java.lang.Math", "random"),
          some("java.util.Random", "<init>"),
          some("java.util.SplittableRandom", "<init>"),
          some("java.security.SecureRandom", "<init>", "getInstance", "getInstanceStrong"),
          some("java.util.concurrent.ThreadLocalRandom", "current"),
          some("java.util.UUID", "randomUUID"),
          some("java.util.random.RandomGenerator", "of", "getDefault"),
          any("java.util.random.RandomGeneratorFactory"),
          some("java.util.Collections", "shuffle"));
  private static final List<Banned> THREADS =
      List.of(
          some("java.lang.Thread", "<init>", "ofVirtual", "ofPlatform", "startVirtualThread"),
          any("java.util.concurrent.Executors"),
          some("java.util.concurrent.ThreadPoolExecutor", "<init>"),
          some("java.util.concurrent.ScheduledThreadPoolExecutor", "<init>"),
          some("java.util.concurrent.ForkJoinPool", "<init>", "commonPool"),
          some("java.util.concurrent.CompletableFuture", "supplyAsync", "runAsync"),
          some("java.util.Timer", "<init>"),
          some("*", "parallelStream"));

  /**
   * LockSupport.parkNanos is no sleep: a wake-up ends it, and the waist's writer rests that way.
   */
  private static final List<Banned> SLEEP =
      List.of(some("java.lang.Thread", "sleep"), some("java.util.concurrent.TimeUnit", "sleep"));

  private static final List<Banned> SURROUNDINGS =
      List.of(
          some("java.lang.System", "getenv", "getProperty", "setProperty", "exit"),
          any("java.lang.Runtime"),
          any("java.util.ServiceLoader"),
          some("java.lang.Class", "forName"));

  private final Shape shape;

  PurityRules(Shape shape) {
    this.shape = shape;
  }

  private static List<Banned> clocks() {
    List<Banned> clocks = new ArrayList<>();
    clocks.add(some("java.lang.System", "currentTimeMillis", "nanoTime"));
    clocks.add(any("java.time.Clock"));
    clocks.add(some("java.time.InstantSource", "system"));
    clocks.add(some("java.util.Date", "<init>"));
    clocks.add(some("java.util.Calendar", "getInstance"));
    for (String type :
        List.of("Instant", "LocalDate", "LocalTime", "LocalDateTime", "ZonedDateTime", "Year")) {
      clocks.add(some("java.time." + type, "now"));
    }
    clocks.add(some("java.time.OffsetDateTime", "now"));
    clocks.add(some("java.time.YearMonth", "now"));
    return clocks;
  }

  List<NamedRule> all() {
    return List.of(
        never("a clock of its own", CLOCKS, "tests turn time: InstantSource and Ticker come in"),
        never("chance of its own", CHANCE, "runs repeat from a seed: RandomGenerator comes in"),
        never("threads of its own", THREADS, "who starts threads decides how they end"),
        never("sleep", SLEEP, "whoever waits, waits on a condition with a bound"),
        never("its surroundings", SURROUNDINGS, "settings come in as values, wiring is visible"),
        NamedRule.of(
            "files and sockets",
            noClasses()
                .that(shape.inner())
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "java.nio.file..", "java.nio.channels..", "java.net.http..", "java.sql.."))
                .because("what leaves the process goes through a port, where faults are tested")
                .allowEmptyShould(true),
            "kernel.OpensFile"),
        NamedRule.of(
            "reflection",
            noClasses()
                .that(shape.inner())
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.reflect.."))
                .because("constructors wire everything, and a reader can follow them")
                .allowEmptyShould(true),
            "kernel.Reflects"));
  }

  private NamedRule never(String what, List<Banned> banned, String reason) {
    String planted =
        switch (what) {
          case "a clock of its own" -> "kernel.ReadsClock";
          case "chance of its own" -> "kernel.RollsDice";
          case "threads of its own" -> "waist.StartsThread";
          case "sleep" -> "ports.storage.Sleeps";
          default -> "kernel.ReadsEnvironment";
        };
    return NamedRule.of(
        what,
        classes()
            .that(shape.inner())
            .should(Banned.neverUse(what, banned))
            .because(reason)
            .allowEmptyShould(true),
        planted);
  }
}
