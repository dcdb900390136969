package dev.anvil.bench.crash;

import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Operation;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.StreamJudge.Batch;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * After a restart, repeats some of the changes whose outcome was open, under their own idempotency
 * keys; what is not repeated stays open for good and can no longer take effect.
 */
final class Retries {
  private final Client client;
  private final Ledger ledger;
  private final Random random;

  Retries(Client client, Ledger ledger, Random random) {
    this.client = client;
    this.ledger = ledger;
    this.random = random;
  }

  /** The changes that will be repeated; the others are closed as open, ended by the crash. */
  List<Ledger.Attempt> choose(long crashed) {
    return ledger.takeOpen().stream().filter(attempt -> repeated(attempt, crashed)).toList();
  }

  private boolean repeated(Ledger.Attempt attempt, long crashed) {
    if (random.nextBoolean()) {
      return true;
    }
    switch (attempt) {
      case Ledger.Write write ->
          ledger.note(write.place(), operation(write, crashed, new Outcome.Unknown()));
      case Ledger.Append append ->
          ledger.note(
              append.stream(), new Batch(append.invoked(), end(append, crashed), append.tags(), 0));
    }
    return false;
  }

  private static Operation operation(Ledger.Write write, long ended, Outcome outcome) {
    return new Operation(
        write.client(), write.invoked(), end(write, ended), write.action(), outcome);
  }

  private static long end(Ledger.Attempt attempt, long crashed) {
    // sent after the crash: it never arrived
    return Math.max(attempt.invoked(), crashed);
  }

  /** Repeats them on a server that nobody else works on. */
  void repeat(List<Ledger.Attempt> attempts) throws IOException {
    for (Ledger.Attempt attempt : attempts) {
      long sent = System.nanoTime();
      Answer answer = client.send(attempt.request());
      switch (attempt) {
        case Ledger.Write write -> write(write, sent, answer);
        case Ledger.Append append -> append(append, answer);
      }
    }
  }

  private void write(Ledger.Write write, long sent, Answer answer) throws IOException {
    Optional<Outcome> outcome = Answers.ofWrite(write.place().kind(), write.action(), answer);
    if (outcome.isEmpty() || outcome.get() instanceof Outcome.Unknown) {
      ledger.fault("the repeat of " + write.action() + " on " + write.place() + ": " + answer);
      return;
    }
    boolean refused = outcome.get() instanceof Outcome.Refused;
    if (refused && write.action() instanceof Action.Delete) {
      // the first try may have deleted it, or found nothing, and neither leaves a receipt
      ledger.note(write.place(), operation(write, sent, new Outcome.Unknown()));
    } else if (refused) {
      // judged by the state at the repeat: the first try has had no effect, or its receipt were
      // here
      ledger.note(
          write.place(),
          new Operation(write.client(), sent, System.nanoTime(), write.action(), outcome.get()));
    } else {
      ledger.note(write.place(), operation(write, System.nanoTime(), outcome.get()));
    }
  }

  private void append(Ledger.Append append, Answer answer) throws IOException {
    if (!answer.ok()) {
      ledger.fault("the repeat of an append to " + append.stream() + ": " + answer);
      return;
    }
    long first = Calls.json(answer).path("first").asLong(-1);
    ledger.note(
        append.stream(), new Batch(append.invoked(), System.nanoTime(), append.tags(), first));
  }
}
