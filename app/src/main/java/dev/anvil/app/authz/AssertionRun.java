package dev.anvil.app.authz;

import dev.anvil.app.authz.ValidationFile.Assertion;
import dev.anvil.app.authz.ValidationFile.Expected;
import dev.anvil.app.authz.ValidationFile.Line;
import dev.anvil.app.authz.ValidationFile.Note;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Rehearsal;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.client.http.ClientException;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers the assertions of a file and compares. */
public final class AssertionRun {
  /**
   * What became of an assertion.
   *
   * @param got what was answered: {@code allowed}, {@code denied}, {@code conditional}, or {@code
   *     error}
   * @param detail missing names, or why there is no answer; empty for none
   */
  public record Outcome(Assertion assertion, String got, String detail) {
    /** Whether it is what was expected. */
    public boolean holds() {
      return got.equals(wire(assertion.expected()));
    }
  }

  /** All outcomes, and the lines that did not count. */
  public record Report(List<Outcome> outcomes, List<Note> notes) {
    /** Whether everything holds and every line counted. */
    public boolean passed() {
      return notes.isEmpty() && outcomes.stream().allMatch(Outcome::holds);
    }
  }

  private AssertionRun() {}

  /** As in answers. */
  static String wire(Expected e) {
    return switch (e) {
      case ALLOWED -> "allowed";
      case DENIED -> "denied";
      case CONDITIONAL -> "conditional";
    };
  }

  /** Answers from the schema and the relationships of the file alone, without a server. */
  public static Report local(ValidationFile file, Instant now) {
    if (file.schema() == null) {
      throw new ClientException(
          ClientException.USAGE,
          "the file has no 'schema'; without one assertions need a server: add --live");
    }
    Rehearsal rehearsal = rehearsal(file, now);
    List<Note> notes = new ArrayList<>(file.unread());
    for (Line line : file.relationships()) {
      try {
        rehearsal.add(TupleText.parse(line.text()));
      } catch (Invalid e) {
        notes.add(new Note(line.number(), line.text(), e.getMessage()));
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Assertion a : file.assertions()) {
      outcomes.add(answer(rehearsal, a));
    }
    return new Report(outcomes, notes);
  }

  /** The schema of a file, compiled; its problems are told with the lines of the file. */
  static Rehearsal rehearsal(ValidationFile file, Instant now) {
    SchemaReader reader = new SchemaReader(AuthzLimits.DEFAULT.schema(), new CelCaveats());
    try {
      return new Rehearsal(reader, AuthzLimits.DEFAULT, file.schema(), now, System::nanoTime);
    } catch (Invalid e) {
      throw new ClientException(
          ClientException.FAILED,
          SchemaProblems.text(e.fields(), e.getMessage(), file.schemaLine()));
    }
  }

  private static Outcome answer(Rehearsal rehearsal, Assertion a) {
    try {
      Verdict v = rehearsal.check(Questions.parse(a.text()));
      return new Outcome(a, v.outcome().wire(), String.join(", ", v.missing()));
    } catch (AnvilException e) {
      return new Outcome(a, "error", e.code().wire() + ": " + e.getMessage());
    }
  }
}
