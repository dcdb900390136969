package dev.anvil.ports.storage;

import java.util.List;

/**
 * What has to be done before a write function may run, and costs functions of one group less
 * together than each alone: bringing small bodies to the disk with one sync, for instance.
 *
 * <p>It is laid by the partition's writer, before the functions of the group run and before
 * anything of the group is committed. It never writes to the partition.
 */
public interface Groundwork {
  /**
   * Does the work of all of them, this one among them; all are of this one's class. Called at most
   * once for each wait, but again if its function waits a second time.
   *
   * @param all of the functions that will run in one group, in their order
   * @throws RuntimeException if it could not be done: none of the functions runs, and each ends
   *     with this failure
   */
  void lay(List<Groundwork> all);
}
