package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Credentials;
import dev.anvil.ports.testkit.MemoryBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the public listener has a method of the Java client: the API document that the
 * node serves says which there are, the node's access log says which the client's methods reached.
 */
class JavaClientOperationsTest {
  /** Operations that the client has no method of, and why. */
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> everyOperationIsReachedByItsMethod() throws IOException {
    Map<String, Integer> answered = new TreeMap<>();
    Set<String> operations;
    try (Deployment deployment = new Deployment(new MemoryBackend(), folder.toString())) {
      operations = operations(deployment);
      deployment.tenant("acme");
      Deployment.App app = deployment.app("acme", "app", "*|*");
      deployment.admin(
          "POST",
          "/v1/admin/tenants/acme/relationship-admins",
          "{\"clientId\":\"%s\",\"reason\":\"test\"}".formatted(app.clientId()));
      Deployment.App other = deployment.app("acme", "other", "object:read|bucket:none");
      try (AnvilClient client =
          new AnvilClient(
              deployment.node.publicUrl(), Credentials.application(app.clientId(), app.secret()))) {
        new EveryOperation(client, folder).run(other.clientId());
      }
      for (String line : deployment.accessLog()) {
        JsonNode entry = Deployment.JSON.readTree(line);
        if (entry.path("api").asText().equals("native") && entry.path("status").asInt() < 400) {
          answered.merge(entry.path("operation").asText(), 1, Integer::sum);
        }
      }
    }
    assertThat(operations).hasSizeGreaterThan(60).containsAll(NONE.keySet());
    List<DynamicTest> tests = new ArrayList<>();
    for (String operation : operations) {
      tests.add(
          DynamicTest.dynamicTest(
              operation,
              () ->
                  assertThat(answered.containsKey(operation) ^ NONE.containsKey(operation))
                      .as("of %s: answered, or in the list of those without a method", operation)
                      .isTrue()));
    }
    return tests;
  }

  private static Set<String> operations(Deployment deployment) {
    JsonNode document = deployment.send(false, "GET", "/v1/docs/openapi.json", null, null).json();
    Set<String> ids = new TreeSet<>();
    for (NativeOperations.Operation o : NativeOperations.all(document)) {
      if (!o.management()) {
        ids.add(o.id());
      }
    }
    return ids;
  }
}
