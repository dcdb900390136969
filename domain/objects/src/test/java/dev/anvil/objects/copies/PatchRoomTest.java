package dev.anvil.objects.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import org.junit.jupiter.api.Test;

class PatchRoomTest {
  @Test
  void whatHasNoRoomInTimeIsToldToComeBack() {
    PatchRoom room = new PatchRoom(10);
    try (PatchRoom.Place _ = room.take(6);
        PatchRoom.Place _ = room.take(4)) {
      assertThatThrownBy(() -> room.take(1))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.maybeApplied()).isFalse());
    }
    room.take(10).close();
  }
}
