package dev.anvil.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.Payload;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import java.io.IOException;
import java.util.Optional;

/** What an answer says about the outcome of a request. */
final class Answers {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  private Answers() {}

  /** Outcome of a change of one register; nothing for an answer that must not be. */
  static Optional<Outcome> ofWrite(Ledger.Kind kind, Action action, Answer answer)
      throws IOException {
    if (answer.ok()) {
      return Optional.of(
          new Outcome.Applied(action instanceof Action.Put ? version(kind, answer) : null));
    }
    return switch (answer.status()) {
      case PRECONDITION_FAILED -> Optional.of(new Outcome.Refused());
      case NOT_FOUND ->
          action instanceof Action.Delete ? Optional.of(new Outcome.Refused()) : Optional.empty();
      // of a repeated request: the first try is still running
      case CONFLICT, UNAVAILABLE -> Optional.of(new Outcome.Unknown());
      default -> Optional.empty();
    };
  }

  /** Registers are compared by entity tag, manifests by revision. */
  private static String version(Ledger.Kind kind, Answer answer) throws IOException {
    JsonNode document = Calls.json(answer);
    return switch (kind) {
      case PLAIN -> document.path("etag").asText();
      case VERSIONED -> document.path("version").asText();
      case MANIFEST -> document.path("revision").asText();
    };
  }

  /** What a read saw; nothing for an answer that must not be. */
  static Optional<Outcome> ofRead(Ledger.Kind kind, Answer answer) {
    if (answer.status() == NOT_FOUND) {
      return Optional.of(new Outcome.Saw(0, null));
    }
    if (!answer.ok()) {
      return Optional.empty();
    }
    String version =
        kind == Ledger.Kind.VERSIONED
            ? answer.header("Anvil-Version")
            : Calls.unquoted(answer.header("ETag"));
    return Optional.of(new Outcome.Saw(Payload.tag(answer.body()), version));
  }
}
