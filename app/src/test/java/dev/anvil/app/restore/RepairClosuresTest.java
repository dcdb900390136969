package dev.anvil.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.repair.Repair;
import dev.anvil.journal.Finding;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repair compares closures with their tuples, and has them made anew. */
class RepairClosuresTest {
  /** Place of the number of the table in a key of relationships, and the table of rows. */
  private static final int TABLE = 9;

  private static final int ROWS = 16;

  @TempDir Path folder;

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static JsonNode closure(LiveNode node) {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      JsonNode c = node.client().json("GET", "/v1/authz/status", null).path("closures").path(0);
      boolean stands = c.has("building") && !c.path("building").asBoolean();
      if (stands && c.path("lagEntries").asLong() == 0) {
        return c;
      }
      assertThat(System.nanoTime()).as("%s", c).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  /** Takes rows of closures out of the engines, or flips a bit of each, as a fault would. */
  private static int lose(Path data, boolean flip) {
    int lost = 0;
    for (int n = 0; n < 16; n++) {
      Path at = data.resolve(LocalPartitions.folder(new PartitionId(n)));
      if (!at.toFile().exists()) {
        continue;
      }
      List<Mutation> found = new ArrayList<>();
      try (Engine engine =
          StorageBackend.of(data, "xodus").openEngine(LocalPartitions.folder(new PartitionId(n)))) {
        KeyRange all = KeyRange.prefix(new byte[] {(byte) KeySpace.AUTHZ.prefix()});
        try (EngineSnapshot s = engine.snapshot();
            EngineReader r = s.reader();
            EntryCursor c = r.scan(all, Order.ASCENDING)) {
          while (found.isEmpty() && c.next()) {
            if (c.key()[TABLE] == ROWS) {
              byte[] bent = c.value().clone();
              bent[bent.length - 1] ^= 1;
              found.add(new Mutation(c.key().clone(), flip ? bent : null));
            }
          }
        }
        if (!found.isEmpty()) {
          engine.commit(new WriteSet(found));
          engine.sync();
          lost++;
        }
      }
    }
    return lost;
  }

  private static List<String> told(Path data, boolean mend) throws IOException {
    List<Finding> found = new Repair(data, new Repair.Mode(mend, false), s -> {}).run().findings();
    assertThat(found).allMatch(f -> f.action().startsWith(mend ? "taken" : "needed"));
    return found.stream().map(f -> f.invariant() + " " + f.subject()).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRowThatIsLostOrDamagedIsToldAndTheClosureMadeAnew(boolean flip) throws IOException {
    Path data = folder.resolve("data");
    String id;
    String secret;
    long pairs;
    try (LiveNode node = new LiveNode(data, "xodus").tenant()) {
      id = node.clientId;
      secret = node.clientSecret;
      var client = node.client();
      String schema =
          "definition user {}\\ndefinition group { relation member: user | group#member }";
      client.json("PUT", "/v1/authz/schema", json("{\"schema\":\"" + schema + "\"}"));
      client.json("PUT", "/v1/authz/closures/group/member", null);
      client.json(
          "POST",
          "/v1/authz/tuples:write",
          json(
              """
              {"updates":[{"op":"touch","tuple":"group:a#member@group:b#member"},
               {"op":"touch","tuple":"group:b#member@group:c#member"}]}\
              """));
      pairs = closure(node).path("pairs").asLong();
      assertThat(pairs).isEqualTo(3);
    }
    assertThat(told(data, false)).isEmpty();
    assertThat(lose(data, flip)).isEqualTo(1);
    assertThat(told(data, false))
        .singleElement()
        .asString()
        .startsWith("closure-follows-tuples closure group#member of tenant ")
        .endsWith("set 'a'");
    assertThat(told(data, true)).hasSize(1);
    assertThat(told(data, false)).isEmpty();
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret)) {
      assertThat(closure(node).path("pairs").asLong()).isEqualTo(pairs);
    }
    assertThat(told(data, false)).isEmpty();
  }
}
