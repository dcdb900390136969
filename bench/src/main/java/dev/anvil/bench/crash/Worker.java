package dev.anvil.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.crash.Ledger.Kind;
import dev.anvil.bench.crash.Ledger.Place;
import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Operation;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.Payload;
import dev.anvil.bench.history.StreamJudge.Batch;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One client: random work on shared and own things until the server is gone. */
final class Worker implements Runnable {
  private static final int SMALL = 900;
  private static final int LARGE = 70_000;
  private static final int FULL_PART = 5 << 20;

  private final int number;
  private final Random random;
  private final Client client;
  private final Ledger ledger;
  private final AtomicLong tags;
  private final BooleanSupplier stop;
  private final String run;
  private int own;

  Worker(
      int number, long seed, Client client, Ledger ledger, AtomicLong tags, BooleanSupplier stop) {
    this.number = number;
    this.run = Long.toHexString(seed);
    this.random = new Random(seed * 1_000_003 + number);
    this.client = client;
    this.ledger = ledger;
    this.tags = tags;
    this.stop = stop;
  }

  @Override
  public void run() {
    try (client) {
      while (!stop.getAsBoolean()) {
        try {
          step();
        } catch (IOException e) {
          // the server is gone or going; what was sent is open in the ledger already
          Thread.yield();
        }
      }
    }
  }

  private void step() throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1 -> ownPut();
      case 2, 3 -> sharedWrite(place(Kind.PLAIN, "shared/", Scene.SHARED_KEYS));
      case 4 -> delete(place(Kind.PLAIN, "shared/", Scene.SHARED_KEYS));
      case 5, 6 -> read(place(Kind.PLAIN, "shared/", Scene.SHARED_KEYS));
      case 7 -> upload(place(Kind.PLAIN, "shared/", Scene.SHARED_KEYS));
      case 8 -> versioned(place(Kind.VERSIONED, "v/", Scene.VERSIONED_KEYS));
      case 9 -> manifest(place(Kind.MANIFEST, "m/", Scene.MANIFESTS));
      default -> append(Scene.streams().get(random.nextInt(Scene.STREAMS)));
    }
  }

  private Place place(Kind kind, String prefix, int count) {
    return new Place(kind, prefix + random.nextInt(count));
  }

  private int size() {
    return Payload.MIN_BYTES + random.nextInt(random.nextBoolean() ? SMALL : LARGE);
  }

  /** A key nobody else touches: written, and at times overwritten or deleted again. */
  private void ownPut() throws IOException {
    int which = own == 0 || random.nextInt(4) > 0 ? own++ : random.nextInt(own);
    Place place = new Place(Kind.PLAIN, "own/" + number + "/" + run + "/" + which);
    put(place, Action.put(tags.incrementAndGet()));
    switch (random.nextInt(4)) {
      case 0 -> put(place, Action.put(tags.incrementAndGet()));
      case 1 -> delete(place);
      default -> read(place);
    }
  }

  private void sharedWrite(Place place) throws IOException {
    long tag = tags.incrementAndGet();
    switch (random.nextInt(3)) {
      case 0 -> put(place, Action.create(tag));
      case 1 -> {
        if (read(place) instanceof Outcome.Saw(long _, String version) && version != null) {
          put(place, Action.replace(tag, version));
        }
      }
      default -> put(place, Action.put(tag));
    }
  }

  private void versioned(Place place) throws IOException {
    if (random.nextInt(5) == 0) {
      delete(place);
    } else {
      put(place, Action.put(tags.incrementAndGet()));
      read(place);
    }
  }

  private void put(Place place, Action.Put put) throws IOException {
    String bucket = place.kind() == Kind.VERSIONED ? Scene.VERSIONED : Scene.PLAIN;
    Request request = Calls.put(bucket, place.name(), Payload.of(put.tag(), size()));
    send(place, put, conditional(request, put.condition()));
  }

  private static Request conditional(Request request, Action.Condition condition) {
    return switch (condition) {
      case Action.Condition.Any _ -> request;
      case Action.Condition.Absent _ -> request.header("If-None-Match", "*");
      case Action.Condition.Version(String etag) -> request.header("If-Match", Calls.quoted(etag));
    };
  }

  private void delete(Place place) throws IOException {
    String bucket = place.kind() == Kind.VERSIONED ? Scene.VERSIONED : Scene.PLAIN;
    send(place, new Action.Delete(), Calls.delete(bucket, place.name()));
  }

  private void upload(Place place) throws IOException {
    long tag = tags.incrementAndGet();
    boolean two = random.nextInt(8) == 0;
    byte[] content = Payload.of(tag, two ? FULL_PART + size() : size());
    Answer opened = client.send(Calls.createUpload(Scene.PLAIN, place.name()));
    if (!opened.ok()) {
      unexpected("create upload", opened);
      return;
    }
    String upload = Calls.json(opened).path("uploadId").asText();
    List<Calls.Part> parts = new ArrayList<>();
    int from = 0;
    for (int n = 1; from < content.length; n++) {
      int to = Math.min(content.length, from + FULL_PART);
      byte[] part = java.util.Arrays.copyOfRange(content, from, to);
      Answer stored = client.send(Calls.putPart(Scene.PLAIN, upload, n, part));
      if (!stored.ok()) {
        unexpected("put part", stored);
        return;
      }
      parts.add(new Calls.Part(n, Calls.json(stored).path("etag").asText()));
      from = to;
    }
    send(place, Action.put(tag), Calls.completeUpload(Scene.PLAIN, upload, parts));
  }

  private void manifest(Place place) throws IOException {
    if (!(read(place) instanceof Outcome.Saw(long _, String revision))) {
      return;
    }
    long tag = tags.incrementAndGet();
    Action action = revision == null ? Action.create(tag) : Action.replace(tag, revision);
    byte[] content = Payload.of(tag, Payload.MIN_BYTES + random.nextInt(SMALL));
    send(place, action, Calls.putManifest(Scene.PLAIN, place.name(), revision, content));
  }

  private void send(Place place, Action action, Request plain) throws IOException {
    Request request = idempotent(plain);
    long invoked = System.nanoTime();
    Optional<Outcome> outcome;
    try {
      Answer answer = client.send(request);
      outcome = Answers.ofWrite(place.kind(), action, answer);
      if (outcome.isEmpty()) {
        unexpected(action + " on " + place, answer);
        return;
      }
    } catch (ConnectException e) {
      throw e; // never sent: certainly without effect
    } catch (IOException e) {
      ledger.open(new Ledger.Write(place, number, invoked, action, request));
      throw e;
    }
    if (outcome.get() instanceof Outcome.Unknown) {
      ledger.open(new Ledger.Write(place, number, invoked, action, request));
    } else {
      ledger.note(place, new Operation(number, invoked, System.nanoTime(), action, outcome.get()));
    }
  }

  private Outcome read(Place place) throws IOException {
    long invoked = System.nanoTime();
    Answer answer = client.send(Scene.read(place));
    Optional<Outcome> outcome = Answers.ofRead(place.kind(), answer);
    if (outcome.isEmpty()) {
      unexpected("read of " + place, answer);
      return new Outcome.Unknown();
    }
    ledger.note(
        place, new Operation(number, invoked, System.nanoTime(), new Action.Read(), outcome.get()));
    return outcome.get();
  }

  private void append(String stream) throws IOException {
    List<Long> batch = new ArrayList<>();
    List<byte[]> records = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      long tag = tags.incrementAndGet();
      batch.add(tag);
      records.add(Payload.of(tag, Payload.MIN_BYTES + random.nextInt(200)));
    }
    Request request = idempotent(Calls.append(Scene.PLAIN, stream, records));
    long invoked = System.nanoTime();
    try {
      Answer answer = client.send(request);
      if (answer.ok()) {
        JsonNode receipt = Calls.json(answer);
        ledger.note(
            stream, new Batch(invoked, System.nanoTime(), batch, receipt.path("first").asLong(-1)));
      } else if (answer.status() == 503) {
        ledger.open(new Ledger.Append(stream, invoked, batch, request));
      } else {
        unexpected("append to " + stream, answer);
      }
    } catch (ConnectException e) {
      throw e; // never sent: certainly without effect
    } catch (IOException e) {
      ledger.open(new Ledger.Append(stream, invoked, batch, request));
      throw e;
    }
  }

  private Request idempotent(Request request) {
    byte[] key = new byte[12];
    random.nextBytes(key);
    return request.header("Idempotency-Key", HexFormat.of().formatHex(key));
  }

  private void unexpected(String what, Answer answer) {
    // refused before it began, because the server is busy or stopping: no effect, nothing to judge
    if (answer.status() != 429 && answer.status() != 503) {
      ledger.fault(what + " was answered " + answer);
    }
  }
}
