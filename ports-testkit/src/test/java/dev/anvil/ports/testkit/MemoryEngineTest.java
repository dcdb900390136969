package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineFaults.Leaving;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class MemoryEngineTest {
  private final MemoryStore store = new MemoryStore("test");

  @Test
  void aCrashForgetsWhatIsNotSynced() {
    Engine engine = MemoryEngine.open(store);
    engine.commit(set("a=1"));
    engine.sync();
    engine.commit(set("a=2"));
    engine.commit(set("b=3"));
    assertThat(store.unsyncedCommits()).isEqualTo(2);
    store.crashKeeping(1);
    assertThatThrownBy(engine::snapshot).isInstanceOf(Unavailable.class);
    engine.close();
    assertThat(text(store.stored(of("a")))).isEqualTo("2");
    assertThat(store.stored(of("b"))).isNull();
    MemoryEngine.open(store).commit(set("c=4"));
    store.crash();
    assertThat(store.stored(of("c"))).isNull();
  }

  @Test
  void plannedFaultsHappenWhenPlannedAndBreakTheEngine() {
    Engine engine = MemoryEngine.open(store);
    store.faults().failSync(2, Leaving.NOTHING);
    engine.commit(set("a=1"));
    engine.sync();
    engine.commit(set("a=2"));
    assertThatThrownBy(engine::sync).isInstanceOf(Unavailable.class);
    assertThatThrownBy(engine::sync).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> engine.commit(set("a=3"))).isInstanceOf(Unavailable.class);
    engine.close();
    assertThat(text(store.stored(of("a")))).isEqualTo("1");
    Engine again = MemoryEngine.open(store);
    store.faults().failCommit(1, Leaving.NOTHING);
    assertThatThrownBy(() -> again.commit(set("a=4"))).isInstanceOf(Unavailable.class);
    again.close();
    assertThat(store.faults().fired()).isEqualTo(2);
  }

  @Test
  void fullRefusesWithAReason() {
    Engine engine = MemoryEngine.open(store);
    store.faults().full(true);
    assertThatThrownBy(() -> engine.commit(set("a=1")))
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.STORAGE_FULL));
  }

  @Test
  void aFlippedBitChangesOneStoredByte() {
    Engine engine = MemoryEngine.open(store);
    engine.commit(set("a=1"));
    store.flip(of("a"), 0);
    assertThat(text(store.stored(of("a")))).isEqualTo("0");
    engine.close();
  }
}
