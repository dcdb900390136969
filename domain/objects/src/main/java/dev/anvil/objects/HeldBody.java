package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.storage.Groundwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small body that waits in memory for the group of its commit. Bodies of one group go to the body
 * store with one write and one sync. A lone one of a page or less travels inside the commit: there
 * is nobody to share the second sync with.
 */
final class HeldBody implements WaitingBody {
  private final byte[] bytes;
  private final int size;
  private final BodyStore store;
  private VersionDraft.Content content;
  private List<BodyId> stored = List.of();

  /** The first bytes of an array, at most {@link BodyStore#SMALL_BODY}. */
  HeldBody(byte[] bytes, int size, BodyStore store) {
    this.bytes = bytes;
    this.size = size;
    this.store = store;
  }

  @Override
  public int inMemory() {
    return size;
  }

  @Override
  public void lay(List<Groundwork> all) {
    List<HeldBody> open = new ArrayList<>(all.size());
    for (Groundwork each : all) {
      HeldBody body = (HeldBody) each;
      if (body.content == null) {
        open.add(body);
      }
    }
    if (open.size() == 1 && open.getFirst().size <= ObjectLimits.LONE_INLINE_BODY) {
      HeldBody lone = open.getFirst();
      lone.content = new VersionDraft.Content.Bytes(Arrays.copyOf(lone.bytes, lone.size));
    } else if (!open.isEmpty()) {
      List<ByteBuffer> contents =
          open.stream().map(b -> ByteBuffer.wrap(b.bytes, 0, b.size)).toList();
      List<BodyReceipt> receipts = store.putAll(contents);
      for (int i = 0; i < receipts.size(); i++) {
        open.get(i).placed(receipts.get(i));
      }
    }
  }

  private void placed(BodyReceipt receipt) {
    BodySlice slice = new BodySlice(receipt.id(), 0, receipt.size());
    content = new VersionDraft.Content.Placed(new VersionBody.Slices(List.of(slice)));
    stored = List.of(receipt.id());
  }

  @Override
  public VersionDraft.Content content() {
    return content;
  }

  @Override
  public List<BodyId> stored() {
    return stored;
  }

  @Override
  public void close() {
    // its bytes are the garbage collector's
  }
}
