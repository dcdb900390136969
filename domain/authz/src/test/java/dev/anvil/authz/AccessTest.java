package dev.anvil.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.metrics.Meters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AccessTest {
  private static final BucketName DOCS = new BucketName("docs");

  private final Counts counts = new Counts();
  private final List<String> log = new ArrayList<>();
  private final Access access =
      new Access(
          counts, (call, action, on) -> log.add(call.caller().actor() + " " + action.text()));

  private static final class Counts implements Meters {
    final Map<String, Double> byName = new HashMap<>();

    @Override
    public Counter counter(String name, String help, String... labelNames) {
      return (amount, labels) -> byName.merge(name, amount, Double::sum);
    }

    @Override
    public Histogram histogram(String name, String help, double[] bounds, String... labelNames) {
      return Meters.none().histogram(name, help, bounds, labelNames);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {}
  }

  private static Call app(String scopes) {
    return new Call(Caller.application(7, "acme", "anvx", Scopes.parse(scopes)), "r1");
  }

  private static Resource key(String key) {
    return Resource.key(DOCS, ObjectKey.of(key));
  }

  private static Resource prefix(String prefix) {
    return Resource.prefix(DOCS, prefix.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_anvil", "_anvil/", "_anvil/x", "_anvil/x/y"})
  void theReservedNamespaceIsShutForEverybodyBeforeAnythingElse(String name) {
    List<Call> callers =
        List.of(
            app("*|*"),
            app("bucket:read|bucket:other"),
            new Call(Caller.admin("root"), "r2"),
            Call.anonymous("r3"));
    for (Call call : callers) {
      for (Resource on : List.of(key(name), prefix(name))) {
        assertThatThrownBy(() -> access.require(call, Action.OBJECT_READ, on))
            .isInstanceOf(ReservedNamespace.class);
        assertThat(access.allows(call, Action.OBJECT_READ, on)).isFalse();
      }
    }
    assertThat(counts.byName).containsEntry(Access.RESERVED_REFUSED, 8.0);
    assertThat(log)
        .hasSize(8)
        .contains("app:anvx object:read", "admin:root object:read", "anonymous object:read");
  }

  @Test
  void aScreenedNameIsRefusedForEverybodyAndGrantsNothing() {
    ScreenName screen = new ScreenName(access);
    var reserved =
        new ScreenName.Command(
            Action.OBJECT_WRITE, "_anvil/x".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> screen.execute(app("*|*"), reserved))
        .isInstanceOf(ReservedNamespace.class);
    assertThat(counts.byName).containsEntry(Access.RESERVED_REFUSED, 1.0);
    assertThat(log).containsExactly("app:anvx object:write");
    Call nobody = Call.anonymous("r");
    screen.execute(nobody, new ScreenName.Command(Action.OBJECT_WRITE, new byte[] {-1}));
    assertThat(log).hasSize(1);
    assertThatThrownBy(() -> access.require(nobody, Action.OBJECT_WRITE, key("x")))
        .isInstanceOf(Unauthenticated.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x/_anvil/y", "_anvil-public/", "_anvi", "_Anvil", "/_anvil", "_anvilx"})
  void namesThatOnlyLookReservedAreOrdinary(String name) {
    assertThat(access.require(app("*|*"), Action.OBJECT_READ, key(name)))
        .isEqualTo(Access.NO_RELATIONSHIPS);
    assertThat(log).isEmpty();
  }

  @Test
  void aScopeMustCoverActionAndResource() {
    Call call = app("object:read|bucket:docs/a/* object:list|bucket:docs/a/*");
    access.require(call, Action.OBJECT_READ, key("a/b"));
    access.require(call, Action.OBJECT_LIST, prefix("a/"));
    access.require(call, Action.OBJECT_LIST, prefix("a/b"));
    denied(call, Action.OBJECT_WRITE, key("a/b"));
    denied(call, Action.OBJECT_READ, key("a"));
    denied(call, Action.OBJECT_READ, key("ab"));
    denied(call, Action.OBJECT_LIST, prefix("a"));
    denied(call, Action.OBJECT_LIST, prefix(""));
    denied(call, Action.OBJECT_READ, Resource.bucket(DOCS));
    denied(call, Action.BUCKET_LIST, Resource.everyBucket());
  }

  private void denied(Call call, Action action, Resource on) {
    assertThatThrownBy(() -> access.require(call, action, on))
        .isInstanceOf(Denied.class)
        .hasMessageContaining(action.text() + "|" + on.scope().text());
    assertThat(access.allows(call, action, on)).isFalse();
  }

  @Test
  void nobodyIsAskedToAuthenticate() {
    assertThatThrownBy(
            () -> access.require(Call.anonymous("r"), Action.BUCKET_LIST, Resource.everyBucket()))
        .isInstanceOf(Unauthenticated.class);
  }
}
