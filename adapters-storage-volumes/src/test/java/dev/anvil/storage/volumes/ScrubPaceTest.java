package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.BodyStoreContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scrubbing stands back while much is written, and never stops. */
@Tag("fast")
class ScrubPaceTest {
  private static final int STEP = 400_000;
  private static final int FRAME = VolumeFormat.frameBytes(4_096);

  private final Rig rig = new Rig(3);

  private void put(int count) {
    List<ByteBuffer> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(ByteBuffer.wrap(BodyStoreContract.content(4_096, i)));
    }
    rig.store.putAll(contents);
    rig.store.checkpoint();
  }

  @Test
  void aStepReadsLessAfterMuchWasWritten() {
    rig.open();
    put(VolumeLimits.SCRUB_BUSY_FRAMES);
    assertThat(rig.store.scrubStep(STEP).bytesRead())
        .isBetween((long) FRAME, (long) STEP / VolumeLimits.SCRUB_BUSY_PART + FRAME);
    put(VolumeLimits.SCRUB_BUSY_FRAMES - 1);
    assertThat(rig.store.scrubStep(STEP).bytesRead()).isBetween((long) STEP, (long) STEP + FRAME);
    rig.store.close();
  }
}
