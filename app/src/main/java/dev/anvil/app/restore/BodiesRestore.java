package dev.anvil.app.restore;

import dev.anvil.operations.backup.SnapshotReader;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.storage.volumes.VolumeBodyStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bodies of a snapshot on their way into the volumes of a folder. */
final class BodiesRestore {
  private static final int MAX_NAMED = 20;

  private final VolumeBodyStore bodies;
  private final List<BodyId> damaged = new ArrayList<>();
  private long copied;

  BodiesRestore(VolumeBodyStore bodies) {
    this.bodies = bodies;
  }

  /** Copies a body unless it is there. */
  void copy(SnapshotReader.StoredBody body) {
    if (body.size() < 0) {
      if (damaged.size() < MAX_NAMED) {
        damaged.add(body.id());
      }
      return;
    }
    if (bodies.size(body.id()) != body.size()) {
      try (BodyWriter out = bodies.importing(body.id())) {
        body.bytes(piece -> out.write(ByteBuffer.wrap(piece)));
        out.seal();
      }
      copied++;
    }
    bodies.keep(body.id());
  }

  /** The first bodies that were damaged in the snapshot already. */
  List<BodyId> damaged() {
    return damaged;
  }

  /** Bodies written by this run. */
  long copied() {
    return copied;
  }
}
