package dev.anvil.bench.crash;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rounds of work, crash, restart and judgement on one storage path. How the server crashes is
 * handed in.
 */
public final class CrashRun {
  // counted in acknowledgements, so that a round is worth as much on a slow machine
  private static final int MIN_WORK = 100;
  private static final int MORE_WORK = 900;
  private static final long WORK_BOUND_NANOS = 30_000_000_000L;

  /** Ends the server as a crash does, and leaves its folder ready for the next start. */
  public interface Crash {
    /** Blocks until the process is gone. */
    void happen(ServerProcess server) throws IOException;
  }

  /** What a run did. */
  public record Report(int rounds, long acknowledged, int open, List<String> faults) {}

  private final ServerCommand command;
  private final Path errors;
  private final Crash crash;
  private final int workers;
  private final PrintStream out;
  private final Ledger ledger = new Ledger();
  private final AtomicLong tags = new AtomicLong();
  private Deployment deployment;
  private int open;

  /**
   * A run.
   *
   * @param errors file for what the servers say
   * @param out one line a round
   */
  public CrashRun(ServerCommand command, Path errors, Crash crash, int workers, PrintStream out) {
    this.command = command;
    this.errors = errors;
    this.crash = crash;
    this.workers = workers;
    this.out = out;
  }

  /** Runs so many rounds; ends early with the first faults. */
  public Report run(int rounds, long seed) throws IOException {
    for (int round = 1; round <= rounds; round++) {
      List<String> faults = round(round, seed);
      if (!faults.isEmpty()) {
        return new Report(round, ledger.acknowledged(), open, faults);
      }
    }
    return new Report(rounds, ledger.acknowledged(), open, List.of());
  }

  /** Changes that were acknowledged so far. */
  public long acknowledged() {
    return ledger.acknowledged();
  }

  /** One round on the folder that the rounds before left; its faults. Rounds count from 1. */
  public List<String> round(int round, long seedOfRun) throws IOException {
    if (round == 1) {
      out.println("crash run: engine " + command.engine() + ", seed " + seedOfRun);
    }
    long seed = seedOfRun + round;
    Random random = new Random(seed);
    long crashed;
    try (ServerProcess server = ServerProcess.start(command, errors)) {
      String token = enter(server);
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> threads = work(server, token, seed, stop);
      try {
        awaitWork(MIN_WORK + random.nextInt(MORE_WORK));
        crash.happen(server);
        crashed = System.nanoTime();
      } finally {
        stop.set(true);
        join(threads);
      }
    }
    try (ServerProcess server = ServerProcess.start(command, errors);
        Client client = new Client(server.publicUrl(), deployment.token(server.publicUrl()))) {
      Retries retries = new Retries(client, ledger, random);
      List<Ledger.Attempt> attempts = retries.choose(crashed);
      open += attempts.size();
      Verification verification = new Verification(client, ledger);
      verification.readAll();
      retries.repeat(attempts);
      verification.readChanged();
      List<String> faults = verification.verdict();
      out.printf(
          "round %d: %d acknowledged so far, %d repeated, ready in %d ms, %s%n",
          round,
          ledger.acknowledged(),
          attempts.size(),
          server.timeToReady().toMillis(),
          faults.isEmpty() ? "all there" : faults.size() + " FAULTS");
      server.terminate();
      return faults;
    }
  }

  private String enter(ServerProcess server) throws IOException {
    boolean first = deployment == null;
    if (first) {
      deployment = Deployment.create(server, "crash");
    }
    String token = deployment.token(server.publicUrl());
    if (first) {
      try (Client client = new Client(server.publicUrl(), token)) {
        Scene.create(client);
      }
    }
    return token;
  }

  private List<Thread> work(ServerProcess server, String token, long seed, AtomicBoolean stop) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Client client = new Client(server.publicUrl(), token);
      Worker worker = new Worker(i, seed, client, ledger, tags, stop::get);
      threads.add(Thread.ofPlatform().name("crash-client-" + i).start(worker));
    }
    return threads;
  }

  private void awaitWork(long more) throws IOException {
    long enough = ledger.acknowledged() + more;
    long bound = System.nanoTime() + WORK_BOUND_NANOS;
    try {
      while (ledger.acknowledged() < enough && System.nanoTime() < bound) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during a round", e);
    }
  }

  private static void join(List<Thread> threads) throws IOException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while clients ended", e);
    }
  }
}
