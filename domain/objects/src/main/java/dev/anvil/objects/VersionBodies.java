package dev.anvil.objects;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.record.KeySpace;
import java.util.List;
import java.util.function.Consumer;

/** Bodies that versions, part lists and unswept garbage name. */
public final class VersionBodies implements BodyReferences {
  @Override
  public void of(byte[] key, byte[] value, Consumer<BodyId> named) {
    int space = key[0] & 0xFF;
    if (space == KeySpace.LIVE.prefix() || space == KeySpace.VERSIONS.prefix()) {
      if (VersionCodec.decode(value).body() instanceof VersionBody.Slices s) {
        tell(s.slices(), named);
      }
    } else if (space == KeySpace.PART_LISTS.prefix()) {
      tell(PartLists.decode(value), named);
    } else if (space == KeySpace.GARBAGE.prefix()
        && Garbage.decode(Garbage.kind(key), value) instanceof Garbage.References r) {
      r.bodies().forEach(named);
    }
  }

  private static void tell(List<BodySlice> slices, Consumer<BodyId> named) {
    slices.forEach(s -> named.accept(s.body()));
  }
}
