package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.ports.failure.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that cannot compile the schema in force decides nothing under it, and says so. */
@Tag("fast")
class UncompilableSchemaTest {
  /** Bounds of a node that takes less than the one that stored the schema. */
  private static AuthzLimits narrow() {
    AuthzLimits d = AuthzLimits.DEFAULT;
    var s = d.schema();
    return new AuthzLimits(
        new AuthzLimits.SchemaLimits(
            s.bytes(),
            s.types(),
            s.members(),
            s.allowed(),
            s.expressionDepth(),
            s.nameBytes(),
            s.pathBytes(),
            0,
            s.caveatBytes(),
            s.caveatParameters(),
            s.problemsShown()),
        d.write(),
        d.question(),
        d.state());
  }

  @Test
  void nothingIsDecidedAndTheNodeTellsUntilASchemaThatCompilesIsInForce() {
    try (AuthzWorld world = new AuthzWorld()) {
      world.doc("relation viewer: user");
      world.touch("doc:1#viewer@user:u");
      Relationships other = world.opened(narrow());
      AuthzServices services = AuthzWorld.services(other);
      assertThat(other.undecided()).isZero();
      for (String who : List.of("u", "v")) {
        var ask =
            new CheckPermission.Command(
                AuthzWorld.question("doc:1#viewer@user:" + who, null), Consistency.FULL);
        assertThatThrownBy(() -> new CheckPermission(services).execute(AuthzWorld.CALL, ask))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("schema version 1");
      }
      assertThat(other.undecided()).isEqualTo(1);
      assertThat(world.check("doc:1#viewer@user:u")).isEqualTo("T");
      assertThat(world.relationships.undecided()).isZero();

      var put =
          new SchemaWrites.Put(
              "definition user {} definition doc { relation viewer: user }",
              false,
              null,
              true,
              List.of());
      new PutSchema(world.services).execute(AuthzWorld.CALL, new PutSchema.Command(put, false));
      var ask =
          new CheckPermission.Command(
              AuthzWorld.question("doc:1#viewer@user:u", null), Consistency.FULL);
      assertThat(
              AuthzWorld.text(
                  new CheckPermission(services).execute(AuthzWorld.CALL, ask).verdict()))
          .isEqualTo("T");
      assertThat(other.undecided()).isZero();
    }
  }

  @Test
  void theNodeFindsItBeforeAnybodyAsks() {
    try (AuthzWorld world = new AuthzWorld()) {
      Relationships other = world.opened(narrow());
      while (other.lookAhead()) {
        continue;
      }
      assertThat(other.undecided()).as("nobody has a schema yet").isZero();
      world.doc("relation viewer: user");
      Relationships started = world.opened(narrow());
      assertThat(started.undecided()).isZero();
      while (started.lookAhead()) {
        continue;
      }
      assertThat(started.undecided()).isEqualTo(1);
      assertThat(started.lookAhead()).as("once is enough").isFalse();
      while (world.relationships.lookAhead()) {
        continue;
      }
      assertThat(world.relationships.undecided()).isZero();
    }
  }
}
