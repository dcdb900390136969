package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.storage.volumes.IndexRecords.VolumeMark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a store must hold, told step by step; a step that fails leaves both ways open. */
final class BodyModel {
  /** Sealed and not freed, by content. */
  final Map<BodyId, byte[]> live = new TreeMap<>();

  /** Freed, but no checkpoint returned since: may come back. */
  final Map<BodyId, byte[]> leaving = new HashMap<>();

  /** Freed for good. */
  final Set<BodyId> gone = new HashSet<>();

  final Set<BodyId> kept = new HashSet<>();
  final Set<BodyId> keptForGood = new HashSet<>();

  /** Seals that failed, frames that may stand in a volume: may be there after a crash. */
  final Map<BodyId, byte[]> doubtful = new HashMap<>();

  BodyId put(VolumeBodyStore store, byte[] content, int piece) {
    try (BodyWriter w = store.create()) {
      doubtful.put(w.id(), content);
      for (int at = 0; at < content.length; at += piece) {
        w.write(ByteBuffer.wrap(content, at, Math.min(piece, content.length - at)));
      }
      w.seal();
      sealed(w.id());
      return w.id();
    }
  }

  void sealed(BodyId id) {
    live.put(id, doubtful.remove(id));
  }

  void keep(VolumeBodyStore store, BodyId id) {
    store.keep(id);
    kept.add(id);
  }

  void free(VolumeBodyStore store, BodyId id) {
    byte[] content = live.remove(id);
    leaving.put(id, content);
    store.free(id);
  }

  void checkpoint(VolumeBodyStore store) {
    store.checkpoint();
    gone.addAll(leaving.keySet());
    leaving.clear();
    keptForGood.addAll(kept);
  }

  /**
   * Seals that failed, for good: a free that a crash takes back leaves their bytes as they were.
   */
  private final Set<BodyId> unsound = new HashSet<>();

  /** After a crash and a start. */
  void restarted(VolumeBodyStore store) {
    for (Map<BodyId, byte[]> either : List.of(doubtful, leaving)) {
      either.forEach((id, content) -> {
        if (store.size(id) >= 0) {
          live.put(id, content);
        } else {
          gone.add(id);
        }
      });
    }
    // a seal that failed promises nothing about its bytes: reconciling frees it unread
    unsound.addAll(doubtful.keySet());
    List<BodyId> torn = new ArrayList<>(unsound);
    torn.retainAll(live.keySet());
    doubtful.clear();
    leaving.clear();
    for (BodyId id : torn) {
      assertThat(store.unkeptOfEarlierBoots(Integer.MAX_VALUE)).contains(id);
      free(store, id);
    }
    kept.retainAll(keptForGood);
  }

  void check(VolumeBodyStore store) {
    live.forEach((id, content) -> assertThat(BodyStoreContract.read(store, id)).isEqualTo(content));
    for (BodyId id : gone) {
      assertThat(store.size(id)).isEqualTo(-1);
    }
    List<BodyId> unkept = store.unkeptOfEarlierBoots(Integer.MAX_VALUE);
    assertThat(unkept).isSorted();
    assertThat(unkept.stream().filter(kept::contains)).isEmpty();
  }

  /** The index agrees with itself; after a checkpoint, with nothing in doubt. */
  void audit(VolumeBodyStore store) {
    BodyIndex index = store.index();
    assertThat(index.overlay().size()).isZero();
    Map<String, BodyId> places = new TreeMap<>();
    Map<Integer, Long> bytes = new TreeMap<>();
    Set<BodyId> bodies = new HashSet<>();
    for (Entry e : index.scan(new byte[] {IndexRecords.BODY}, Integer.MAX_VALUE)) {
      BodyId id = IndexRecords.idIn(e.key());
      bodies.add(id);
      for (Extent x : IndexRecords.readBody(e.key(), e.value()).extents()) {
        places.put(x.volume() + "@" + x.position(), id);
        bytes.merge(x.volume(), x.storedBytes(), Long::sum);
      }
    }
    Map<String, BodyId> stored = new TreeMap<>();
    for (Entry e : index.scan(new byte[] {IndexRecords.PLACE}, Integer.MAX_VALUE)) {
      String place = IndexRecords.numberIn(e.key()) + "@" + IndexRecords.positionIn(e.key());
      stored.put(place, IndexRecords.readPlace(e.key(), e.value()));
    }
    assertThat(stored).isEqualTo(places);
    for (Map.Entry<Integer, VolumeMark> mark : index.marks().entrySet()) {
      assertThat(mark.getValue().live())
          .as("volume " + mark.getKey())
          .isEqualTo(bytes.getOrDefault(mark.getKey(), 0L));
    }
    assertThat(index.scan(new byte[] {IndexRecords.OPEN}, Integer.MAX_VALUE)).isEmpty();
    assertThat(bodies).isEqualTo(live.keySet());
    assertThat(store.stats().bodies()).isEqualTo(bodies.size());
    List<Entry> unkept = index.scan(new byte[] {IndexRecords.UNKEPT}, Integer.MAX_VALUE);
    assertThat(store.stats().unkept()).isEqualTo(unkept.size());
    for (Entry e : unkept) {
      assertThat(bodies).contains(IndexRecords.idIn(e.key()));
    }
  }
}
