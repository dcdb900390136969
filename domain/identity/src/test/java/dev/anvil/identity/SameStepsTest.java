package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.ports.failure.Unauthenticated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who fails to prove itself costs the same and is told the same, whatever is wrong. */
@Tag("fast")
class SameStepsTest {
  private final IdentityWorld world = new IdentityWorld();

  /** What a failure took: envelopes opened, signatures made, functions on the store. */
  private record Steps(int opened, long signatures, long functions, String said) {}

  @AfterEach
  void close() {
    world.close();
  }

  private Map<String, String> clients() {
    world.tenant("acme");
    world.tenant("gone");
    Map<String, String> clients = new LinkedHashMap<>();
    clients.put("unknown", "anvdoesnotexist");
    clients.put("wrong secret", world.application("acme", "a").application().clientId());
    String several = world.application("acme", "b").application().clientId();
    for (int i = 1; i < IdentityLimits.MAX_LIVE_SECRETS; i++) {
      new RotateSecret(world.directory, world.credentials)
          .execute(IdentityWorld.ADMIN, new RotateSecret.Command(several, null));
    }
    clients.put("wrong for every secret", several);
    String revoked = world.application("acme", "c").application().clientId();
    new RevokeApplication(world.directory)
        .execute(IdentityWorld.ADMIN, new RevokeApplication.Command(revoked, null, null));
    clients.put("revoked", revoked);
    clients.put("of a tenant that goes", world.application("gone", "d").application().clientId());
    new DeleteTenant(world.directory)
        .execute(IdentityWorld.ADMIN, new DeleteTenant.Command("gone", null));
    return clients;
  }

  private Map<String, Steps> measure(
      Map<String, String> clients, AuthenticateSignature signatures, Consumer<String> attempt) {
    Map<String, Steps> steps = new LinkedHashMap<>();
    clients.forEach((kind, client) -> {
      attempt.accept(client);
      int opened = world.sealer.opened.get();
      long made = signatures == null ? 0 : signatures.signaturesMade();
      long functions = world.partition.stats().functions();
      attempt.accept(client);
      steps.put(
          kind,
          new Steps(
              world.sealer.opened.get() - opened,
              signatures == null ? 0 : signatures.signaturesMade() - made,
              world.partition.stats().functions() - functions,
              said.getLast()));
    });
    return steps;
  }

  private final List<String> said = new ArrayList<>();

  @Test
  void atTheTokenEndpoint() {
    Map<String, Steps> steps =
        measure(
            clients(),
            null,
            client -> {
              Unauthenticated e =
                  catchThrowableOfType(
                      Unauthenticated.class, () -> world.token(client, "x".repeat(43), null));
              said.add(e.getMessage() + e.fields());
            });
    assertThat(Set.copyOf(steps.values())).as("%s", steps).hasSize(1);
    assertThat(steps.get("unknown").opened()).isEqualTo(IdentityLimits.MAX_LIVE_SECRETS);
  }

  @Test
  void withASignature() {
    AuthenticateSignature use = new AuthenticateSignature(world.directory, world.credentials);
    Map<String, Steps> steps =
        measure(
            clients(),
            use,
            client -> {
              AuthenticateSignature.Result result =
                  use.execute(
                      Call.anonymous("r"),
                      new AuthenticateSignature.Command(
                          client, "20260101", "us-east-1", "s3", "text", "0".repeat(64)));
              assertThat(result.caller().anonymous()).isTrue();
              said.add("");
            });
    assertThat(Set.copyOf(steps.values())).as("%s", steps).hasSize(1);
    assertThat(steps.get("unknown").signatures()).isEqualTo(IdentityLimits.MAX_LIVE_SECRETS);
  }
}
