package dev.anvil.app.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs the checks in their order and removes what they made. */
public final class SmokeRun {
  /**
   * One check's outcome.
   *
   * @param number from 1 to 15
   * @param name what is checked
   * @param verdict how it ended
   * @param milliseconds it took
   */
  public record Outcome(int number, String name, Verdict verdict, long milliseconds) {}

  private record Named(String name, Check check) {}

  private static final Map<Integer, Named> CHECKS = new TreeMap<>();

  static {
    CHECKS.put(1, new Named("health endpoint reports ready", HealthChecks::ready));
    CHECKS.put(2, new Named("tenant and application credentials", IdentityChecks::credentials));
    CHECKS.put(3, new Named("token acquisition", IdentityChecks::tokens));
    CHECKS.put(4, new Named("S3 bucket create / list / delete", S3Checks::buckets));
    CHECKS.put(5, new Named("S3 PUT / GET / HEAD / LIST / DELETE", S3Checks::objects));
    CHECKS.put(6, new Named("signed streaming upload", S3Checks::streams));
    CHECKS.put(7, new Named("reserved _anvil/ is rejected", ReservedCheck::run));
    CHECKS.put(8, new Named("native object API", ObjectCheck::run));
    CHECKS.put(9, new Named("metadata index query", LaterChecks::metadataIndex));
    CHECKS.put(10, new Named("full text and vector index definitions", LaterChecks::textIndex));
    CHECKS.put(11, new Named("tuple writes affect decisions", RelationCheck::run));
    CHECKS.put(12, new Named("watches", WatchCheck::run));
    CHECKS.put(13, new Named("PersonalDB group open and commit", LaterChecks::personalDb));
    CHECKS.put(14, new Named("backup snapshot", BackupCheck::run));
    CHECKS.put(15, new Named("metrics and logs", HealthChecks::telemetry));
  }

  private final SmokeTarget target;
  private final String stem;
  private final List<String> left = new ArrayList<>();

  /**
   * A run.
   *
   * @param stem begins the name of everything it makes: letters and digits, not used before
   */
  public SmokeRun(SmokeTarget target, String stem) {
    this.target = target;
    this.stem = stem;
  }

  /** Numbers of all checks. */
  public static Set<Integer> numbers() {
    return Set.copyOf(CHECKS.keySet());
  }

  /** Runs those asked for. */
  public List<Outcome> run(Set<Integer> asked) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Scene scene = new Scene(target, stem)) {
      CHECKS.forEach((number, named) -> {
        if (asked.contains(number)) {
          outcomes.add(run(scene, number, named));
        }
      });
      left.addAll(scene.remove());
    }
    return outcomes;
  }

  /** Tenants that could not be removed. */
  public List<String> leftBehind() {
    return List.copyOf(left);
  }

  private static Outcome run(Scene scene, int number, Named named) {
    long began = System.nanoTime();
    Verdict verdict;
    try {
      verdict = named.check().run(scene);
    } catch (Unmet e) {
      verdict = new Verdict.Fail(e.getMessage());
    } catch (RuntimeException e) {
      verdict = new Verdict.Fail("the check broke off: " + e);
    }
    return new Outcome(number, named.name(), verdict, (System.nanoTime() - began) / 1_000_000);
  }
}
