package dev.anvil.waist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Golden bytes of docs/formats-waist.md: whoever changes them breaks what is stored. */
@Tag("fast")
final class FormatsTest {
  private static final Instant AT = Instant.ofEpochMilli(1_767_323_045_678L);
  private static final JournalDraft DRAFT =
      new JournalDraft(
          "object.put",
          7,
          utf8("key"),
          "v1",
          "app:a",
          "r",
          new Payload(300, "e", new byte[] {1}),
          null,
          5,
          List.of(new BodyId(1, 2)));

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] b) {
    return HexFormat.of().formatHex(b);
  }

  @Test
  void stamp() {
    Stamp s = new Stamp(new PartitionId(3), 300, -2, 5, 4, AT);
    assertThat(hex(Stamp.KEY)).isEqualTo("0101");
    assertThat(hex(s.encode())).isEqualTo("0103ac02fffffffffffffffe05040000019b7ca98f2e");
    assertThat(Stamp.decode(s.encode())).isEqualTo(s);
  }

  @Test
  void entriesSayHowTheyCame() {
    JournalDraft d = DRAFT;
    JournalDraft copy =
        new JournalDraft(
            d.kind(),
            d.space(),
            d.subject(),
            d.version(),
            d.actor(),
            d.requestId(),
            d.payload(),
            d.idempotencyHash(),
            d.authzRevision(),
            d.bodies(),
            "copy");
    byte[] entry = JournalCodec.encodeEntry(copy, 0);
    byte[] plain = JournalCodec.encodeEntry(d, 0);
    assertThat(hex(entry)).isEqualTo(hex(plain) + "05636f7079");
    byte[] block = JournalCodec.encodeBlock(9, AT, List.of(entry, plain));
    assertThat(JournalCodec.decodeBlock(JournalCodec.blockKey(12), block))
        .extracting(e -> e.change().via())
        .containsExactly("copy", null);
  }

  @Test
  void journalBlock() {
    byte[] entry = JournalCodec.encodeEntry(DRAFT, 1);
    assertThat(hex(entry))
        .isEqualTo(
            "01010b6f626a6563742e7075740000000000000007046b6579037631066170703a61027201ac02026502"
                + "0100050100000000000000010000000000000002");
    byte[] block = JournalCodec.encodeBlock(9, AT, List.of(entry));
    byte[] key = JournalCodec.blockKey(12);
    assertThat(hex(key)).isEqualTo("02000000000000000c");
    assertThat(hex(block)).isEqualTo("01090000019b7ca98f2e013f" + hex(entry));
    JournalEntry e = JournalCodec.decodeBlock(key, block).getFirst();
    assertThat(e.cursor()).isEqualTo(12);
    assertThat(e.commitId()).isEqualTo(11);
    assertThat(e.revision()).isEqualTo(9);
    assertThat(e.committedAt()).isEqualTo(AT);
    assertThat(e.change()).usingRecursiveComparison().isEqualTo(DRAFT);
    assertThat(JournalCodec.entryCount(block)).isEqualTo(1);
  }

  @Test
  void recordCheck() {
    byte[] stored = RecordCheck.seal(utf8("k"), utf8("value"));
    assertThat(hex(stored)).isEqualTo("76616c7565" + "2cf2977f");
    assertThat(RecordCheck.open(utf8("k"), stored)).isEqualTo(utf8("value"));
    assertThatThrownBy(() -> RecordCheck.open(utf8("l"), stored)).isInstanceOf(Corrupt.class);
    assertThatThrownBy(() -> RecordCheck.open(utf8("k"), new byte[3])).isInstanceOf(Corrupt.class);
    for (int bit = 0; bit < stored.length * 8; bit++) {
      byte[] bad = stored.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> RecordCheck.open(utf8("k"), bad)).isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void chainHash() {
    ChainHash h = new ChainHash();
    long one =
        h.next(0, List.of(new Mutation(utf8("a"), utf8("1")), new Mutation(utf8("b"), null)));
    assertThat(Long.toHexString(one)).isEqualTo("f20c7b50656b49a7");
    assertThat(h.next(one, List.of())).isNotEqualTo(one);
    assertThat(h.next(0, List.of(new Mutation(utf8("a"), utf8("1b")))))
        .isNotEqualTo(h.next(0, List.of(new Mutation(utf8("a1"), utf8("b")))));
    assertThat(h.next(0, List.of(new Mutation(utf8("a"), new byte[0]))))
        .isNotEqualTo(h.next(0, List.of(new Mutation(utf8("a"), null))));
  }
}
