package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Groundwork;
import java.util.List;

/**
 * A body that is written and waits for the group of its commit to be sealed: all of a group share
 * one sync, where each alone would have needed its own. Its bytes are no longer in memory.
 */
final class WrittenBody implements WaitingBody {
  private final BodyWriter writer;
  private final long size;
  private VersionDraft.Content content;
  private List<BodyId> stored = List.of();
  private boolean closed;

  /**
   * A body that is finished.
   *
   * @param size of its content, which is less than that of the body where it is encrypted
   */
  WrittenBody(BodyWriter writer, long size) {
    this.writer = writer;
    this.size = size;
  }

  @Override
  public int inMemory() {
    return 0;
  }

  @Override
  public void lay(List<Groundwork> all) {
    for (Groundwork each : all) {
      ((WrittenBody) each).seal();
    }
  }

  /** Does nothing for a caller that has gone meanwhile, whose failure is not that of the others. */
  private synchronized void seal() {
    if (content == null && !closed) {
      BodyId id = writer.seal().id();
      BodySlice slice = new BodySlice(id, 0, size);
      content = new VersionDraft.Content.Placed(new VersionBody.Slices(List.of(slice)));
      stored = List.of(id);
    }
  }

  @Override
  public synchronized VersionDraft.Content content() {
    if (content == null) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE, "nobody waits any more for what is to be written");
    }
    return content;
  }

  @Override
  public synchronized List<BodyId> stored() {
    return stored;
  }

  @Override
  public synchronized void close() {
    closed = true;
    writer.close();
  }
}
