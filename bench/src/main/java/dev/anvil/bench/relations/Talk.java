package dev.anvil.bench.relations;

import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** How one server is spoken to: HTTP with JSON, whole answers, its own defaults of freshness. */
interface Talk {
  /** Stores the schema of the data. */
  void schema(RawHttp http) throws IOException;

  /** What is to be done when all tuples are there; returns when it is done. */
  void settled(RawHttp http) throws IOException;

  /** One question. */
  Request check(Ask ask);

  /** Its answer. */
  boolean allowed(Answer answer) throws IOException;

  /** Many questions at once. */
  Request batch(List<Ask> asks);

  /** Their answers, in the order of the questions. */
  List<Boolean> answers(Answer answer, int count) throws IOException;

  /** All documents that a subject may view, in one answer. */
  Request documents(String subject);

  /** All users that may view a document, in one answer. */
  Request users(String document);

  /** The ids, without types, in the answer to a list of documents or users. */
  Set<String> ids(Answer answer);

  /** How entries are counted in the answer to a list without reading it. */
  Marks marks(boolean users);

  /** Writes tuples, those that are there already included, all or none. */
  Request write(List<Relation> tuples);

  /** Changes of documents as they happen, or those so far if it has to be asked again. */
  Request watch();

  /** Whether one request for changes goes on for ever. */
  boolean pushes();

  /** After an answer to {@link #watch} that does not go on: what it said about the next place. */
  default void watched(Answer answer) throws IOException {}

  /**
   * Entries by a byte.
   *
   * @param mark the byte that is counted
   * @param each how often an entry has it
   * @param more how often the answer has it besides
   */
  record Marks(char mark, int each, int more) {}
}
