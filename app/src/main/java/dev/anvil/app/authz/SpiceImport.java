package dev.anvil.app.authz;

import dev.anvil.app.authz.ValidationFile.Line;
import dev.anvil.app.authz.ValidationFile.Note;
import dev.anvil.authz.store.Rehearsal;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a SpiceDB schema with relationships becomes here. Every line is in the plan or in the notes.
 */
public final class SpiceImport {
  /**
   * What would be written.
   *
   * @param schema text, or null for the one in force
   * @param tuples by line, in order
   * @param unmapped lines that become nothing, with why
   * @param doubtful lines that are taken and need a look
   */
  public record Plan(
      String schema, Map<Integer, Tuple> tuples, List<Note> unmapped, List<Note> doubtful) {
    /** The tuples in the commits that write them, each far within the bounds of a write. */
    public List<List<Tuple>> commits() {
      List<List<Tuple>> commits = new ArrayList<>();
      int chars = 0;
      for (Tuple t : tuples.values()) {
        int more = t.toString().length();
        boolean full =
            commits.isEmpty() || commits.getLast().size() == MAX_TUPLES || chars + more > MAX_CHARS;
        if (full) {
          commits.add(new ArrayList<>());
          chars = 0;
        }
        commits.getLast().add(t);
        chars += more;
      }
      return commits;
    }
  }

  private static final int MAX_TUPLES = 500;
  private static final int MAX_CHARS = 128 << 10;

  private SpiceImport() {}

  /** The plan for a file; relationships are checked against its schema, if it has one. */
  public static Plan of(ValidationFile file, Instant now) {
    Rehearsal rehearsal = file.schema() == null ? null : AssertionRun.rehearsal(file, now);
    Map<Integer, Tuple> tuples = new LinkedHashMap<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<Note> unmapped = new ArrayList<>(file.unread());
    List<Note> doubtful = new ArrayList<>();
    for (Line line : file.relationships()) {
      try {
        Tuple tuple = TupleText.parse(line.text());
        if (rehearsal != null) {
          rehearsal.verify(tuple);
        }
        Integer before = seen.put(tuple.key(), line.number());
        if (before != null) {
          tuples.remove(before);
          doubtful.add(note(line, "stands on line " + before + " too; this one counts"));
        }
        if (tuple.expiresAt() != null && !now.isBefore(tuple.expiresAt())) {
          doubtful.add(note(line, "has expired already and never counts"));
        }
        tuples.put(line.number(), tuple);
      } catch (Invalid e) {
        unmapped.add(note(line, e.getMessage()));
      }
    }
    return new Plan(file.schema(), tuples, unmapped, doubtful);
  }

  private static Note note(Line line, String reason) {
    return new Note(line.number(), line.text(), reason);
  }
}
