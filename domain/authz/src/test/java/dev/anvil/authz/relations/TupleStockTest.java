package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.ClosureDriver;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleStock.Stock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What meters tell of how much is stored. */
@Tag("fast")
class TupleStockTest {
  @Test
  void allTenantsAreAddedUpAndTheFiguresKeptForAWhile() {
    try (AuthzWorld world = new AuthzWorld()) {
      AtomicLong nanos = new AtomicLong();
      Relationships node = world.opened(AuthzLimits.DEFAULT, nanos::get);
      assertThat(node.stock().now()).isEqualTo(new Stock(0, 0, 0, 0));
      world.schema(
          """
          use expiration
          definition user {}
          definition group { relation member: user with expiration | group#member }
          """);
      world.touch(
          "group:a#member@group:b#member",
          "group:b#member@group:c#member",
          "group:c#member@user:u[expiration:2027-01-15T08:00:10Z]",
          "group:c#member@user:v[expiration:2027-01-15T08:00:20Z]");
      ClosureDriver driver =
          new ClosureDriver(world.relationships, new Relationships.Owner(7, "acme"));
      driver.set("group", "member", ClosureSwitches.To.ON);
      driver.settle();
      assertThat(node.stock().now()).as("told for half a minute").isEqualTo(new Stock(0, 0, 0, 0));
      nanos.addAndGet(Duration.ofSeconds(30).toNanos());
      assertThat(node.stock().now()).isEqualTo(new Stock(4, 0, 3, 3));
      world.clock.move(Duration.ofSeconds(10));
      nanos.addAndGet(Duration.ofSeconds(30).toNanos());
      assertThat(node.stock().now()).isEqualTo(new Stock(3, 1, 3, 3));
    }
  }
}
