package dev.anvil.ports.testkit;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.Payload;
import java.util.List;

/** Journal entries for tests. */
public final class Drafts {
  private Drafts() {}

  /** An entry with little in it. */
  public static JournalDraft of(String kind, String subject) {
    return new JournalDraft(
        kind, 0, Bytes.of(subject), null, "app:test", "req", null, null, 0, List.of());
  }

  /** An entry with everything in it. */
  public static JournalDraft full(String subject) {
    return new JournalDraft(
        "object.put",
        7,
        Bytes.of(subject),
        "0000000100000000000000ff",
        "app:test",
        "req-1",
        new Payload(12, "abc", new byte[32]),
        new byte[] {1, 2},
        99,
        List.of(new BodyId(1, 2), new BodyId(-1, -2)));
  }
}
