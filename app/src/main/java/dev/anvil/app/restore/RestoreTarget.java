package dev.anvil.app.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.SmallFiles;
import dev.anvil.app.home.StorageHome;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A folder that becomes a storage path: empty, or left by the same restore that was cut off. */
final class RestoreTarget {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> HARMLESS = Set.of("lock", "lost+found");

  private final String root;
  private final Disk disk;

  RestoreTarget(String label, Disk disk) {
    this.root = label;
    this.disk = disk;
  }

  /** What is being restored here. */
  record Mark(String snapshot, String engine, String until) {}

  /** Refuses a folder that a restore could not be begun or gone on with in. */
  void check() throws IOException {
    if (!disk.exists(StorageHome.RESTORE)) {
      refuseContent();
    }
  }

  /**
   * Claims the folder.
   *
   * @return whether an earlier run of the same restore is gone on with
   * @throws HomeException if something else is in it
   */
  boolean claim(Mark mark) throws IOException {
    if (disk.exists(StorageHome.RESTORE)) {
      Mark there = parse(SmallFiles.read(disk, StorageHome.RESTORE));
      if (!there.equals(mark)) {
        throw new HomeException(
            root
                + " holds an unfinished restore of snapshot "
                + there.snapshot()
                + " on "
                + there.engine()
                + ": finish that one, or empty the folder");
      }
      return true;
    }
    refuseContent();
    SmallFiles.replace(disk, "", StorageHome.RESTORE, JSON.writeValueAsString(mark) + "\n");
    return false;
  }

  private void refuseContent() throws IOException {
    List<String> content = disk.list("").stream().filter(n -> !HARMLESS.contains(n)).toList();
    if (!content.isEmpty()) {
      throw new HomeException(
          root
              + " is not empty (it holds "
              + content.getFirst()
              + "): restore into an empty folder; nothing was written");
    }
  }

  private Mark parse(String json) {
    try {
      return JSON.readValue(json, Mark.class);
    } catch (JsonProcessingException e) {
      throw new HomeException(
          root + "/" + StorageHome.RESTORE + " is damaged: empty the folder and begin anew", e);
    }
  }

  /** The folder is whole. */
  void release() throws IOException {
    disk.delete(StorageHome.RESTORE);
    disk.syncFolder("");
  }
}
