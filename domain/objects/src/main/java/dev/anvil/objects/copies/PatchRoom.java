package dev.anvil.objects.copies;

import dev.anvil.ports.failure.Unavailable;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Memory for JSON that is being patched: large documents take turns. Threads: any. */
final class PatchRoom {
  private final Semaphore free;

  /** For so many bytes of text at once, at least those of one patch. */
  PatchRoom(int bytes) {
    free = new Semaphore(bytes, true);
  }

  /** Room for one patch. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for room.
   *
   * @throws Unavailable Overloaded if there is none in time; nothing was done
   */
  Place take(int bytes) {
    try {
      if (free.tryAcquire(bytes, CopyLimits.PATCH_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return () -> free.release(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Unavailable(
        Unavailable.Reason.OVERLOADED,
        "too many large JSON documents are being patched; try again in a moment",
        Map.of("limit", CopyLimits.PATCHED_AT_ONCE, "bytes", bytes));
  }
}
