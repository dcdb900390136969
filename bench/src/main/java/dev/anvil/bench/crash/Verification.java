package dev.anvil.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.crash.Ledger.Kind;
import dev.anvil.bench.crash.Ledger.Place;
import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Operation;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.Payload;
import dev.anvil.bench.history.RegisterJudge;
import dev.anvil.bench.history.StreamJudge;
import dev.anvil.bench.history.VersionsJudge;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at everything on a quiet server and judges it against the ledger. */
final class Verification {
  private static final int PAGE = 137;
  private static final int CHECKER = -1;

  private final Client client;
  private final Ledger ledger;
  private final List<String> faults = new ArrayList<>();

  Verification(Client client, Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  /** Reads every register whose last operation is not such a read, as one more of its record. */
  void readChanged() throws IOException {
    readAll(
        ledger.registers().entrySet().stream()
            .filter(e -> e.getValue().getLast().client() != CHECKER)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Reads every register once, as one more operation of its record. */
  void readAll() throws IOException {
    readAll(ledger.registers().keySet());
  }

  private void readAll(Collection<Place> places) throws IOException {
    for (Place place : places) {
      long invoked = System.nanoTime();
      Answer answer = client.send(Scene.read(place));
      Optional<Outcome> saw = Answers.ofRead(place.kind(), answer);
      if (saw.isEmpty()) {
        faults.add("read of " + place + " after the restart was answered " + answer);
        continue;
      }
      ledger.note(
          place, new Operation(CHECKER, invoked, System.nanoTime(), new Action.Read(), saw.get()));
    }
  }

  /** Everything that is wrong; empty if nothing is. */
  List<String> verdict() throws IOException {
    faults.addAll(ledger.faults());
    Map<Place, List<Operation>> registers = ledger.registers();
    registers.forEach(
        (place, record) -> RegisterJudge.judge(place.toString(), record).ifPresent(faults::add));
    list(registers);
    for (Map.Entry<Place, List<Operation>> entry : registers.entrySet()) {
      if (entry.getKey().kind() == Kind.VERSIONED) {
        versions(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, List<StreamJudge.Batch>> entry : ledger.streams().entrySet()) {
      StreamJudge.judge(entry.getKey(), entry.getValue(), stream(entry.getKey()))
          .ifPresent(faults::add);
    }
    return faults;
  }

  /** The list of the plain bucket, its counters and the last reads must agree. */
  private void list(Map<Place, List<Operation>> registers) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    registers.forEach((place, record) -> {
      if (place.kind() == Kind.PLAIN
          && record.getLast().outcome() instanceof Outcome.Saw(long _, String etag)
          && etag != null) {
        expected.put(place.name(), etag);
      }
    });
    Map<String, String> listed = new TreeMap<>();
    String token = null;
    String last = "";
    do {
      JsonNode page = Calls.json(client.expect(Calls.list(Scene.PLAIN, "", PAGE, token)));
      for (JsonNode object : page.path("objects")) {
        String key = object.path("key").asText();
        if (key.compareTo(last) <= 0) {
          faults.add("the list has " + key + " behind " + last);
        }
        last = key;
        listed.put(key, object.path("etag").asText());
      }
      token = page.path("nextPageToken").asText(null);
    } while (token != null);
    if (!listed.equals(expected)) {
      faults.add("list and reads differ: " + difference(listed, expected));
    }
    JsonNode contents = Calls.json(client.expect(Calls.bucket(Scene.PLAIN))).path("contents");
    if (contents.path("objects").asLong(-1) != expected.size()) {
      faults.add("the bucket counts " + contents + " where " + expected.size() + " are");
    }
  }

  private static String difference(Map<String, String> listed, Map<String, String> expected) {
    Map<String, String> more = new TreeMap<>(listed);
    more.entrySet().removeAll(expected.entrySet());
    Map<String, String> fewer = new TreeMap<>(expected);
    fewer.entrySet().removeAll(listed.entrySet());
    return "only listed " + more + ", only read " + fewer;
  }

  private void versions(Place place, List<Operation> record) throws IOException {
    List<VersionsJudge.Listed> listed = new ArrayList<>();
    String token = null;
    do {
      JsonNode page =
          Calls.json(client.expect(Calls.versions(Scene.VERSIONED, place.name(), PAGE, token)));
      for (JsonNode version : page.path("versions")) {
        String id = version.path("version").asText();
        boolean marker = version.path("deleteMarker").asBoolean();
        listed.add(new VersionsJudge.Listed(id, marker ? 0 : content(place, id)));
      }
      token = page.path("nextPageToken").asText(null);
    } while (token != null);
    VersionsJudge.judge(place.toString(), record, listed).ifPresent(faults::add);
    if (record.getLast().outcome() instanceof Outcome.Saw(long tag, String _)) {
      long newest = listed.isEmpty() ? 0 : listed.getFirst().tag();
      if (tag != newest) {
        faults.add(place + ": a read gives " + tag + " but the newest version is " + newest);
      }
    }
  }

  private long content(Place place, String version) throws IOException {
    Answer answer = client.send(Calls.get(Scene.VERSIONED, place.name(), version));
    if (!answer.ok()) {
      faults.add(place + ": listed version " + version + " was answered " + answer);
      return -1;
    }
    return Payload.tag(answer.body());
  }

  private List<StreamJudge.Seen> stream(String name) throws IOException {
    List<StreamJudge.Seen> seen = new ArrayList<>();
    while (true) {
      JsonNode page =
          Calls.json(client.expect(Calls.readStream(Scene.PLAIN, name, seen.size() + 1L, PAGE)));
      if (page.path("records").isEmpty()) {
        return seen;
      }
      for (JsonNode record : page.path("records")) {
        byte[] data = Base64.getDecoder().decode(record.path("data").asText());
        seen.add(new StreamJudge.Seen(record.path("sequence").asLong(), Payload.tag(data)));
      }
    }
  }
}
