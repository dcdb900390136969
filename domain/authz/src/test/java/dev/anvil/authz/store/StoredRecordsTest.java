package dev.anvil.authz.store;

import dev.anvil.authz.store.WriteRequest.Effect;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Whatever is stored of tuples and schemas, keys and values are read or refused. */
@Tag("fast")
class StoredRecordsTest {
  private static final TupleKey KEY = new TupleKey(3, "doc", 4, 5, 0, "anne");
  private static final byte[] CONTEXT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Row ROW = new Row(7, 2, CONTEXT, 300, "app:x", 400, "why", 0);

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> valuesAreReadOrRefused() {
    byte[] schema = new StoredSchema(1, "type a", 9, new byte[32], "app:x", 300).encode();
    byte[] state = new TenantState(9, 1, 8, 40, 300, 2).encode();
    Finished.Try tried = new Finished.Try(9, List.of(Effect.values()));
    byte[] done = new Finished.Kept(new byte[] {1, 2}, 1L << 40, tried).encode();
    return Stream.of(
        DecoderFuzz.test("schema", schema, b -> StoredSchema.decode(1, b)),
        DecoderFuzz.test("state", state, TenantState::decode),
        DecoderFuzz.test("tuple", ROW.encode(), Row::decode),
        DecoderFuzz.test("reverse tuple", ROW.encodeReverse(), Row::decodeReverse),
        DecoderFuzz.test("finished write", done, Finished.Kept::decode));
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> keysAreReadOrRefused() {
    return Stream.of(
        DecoderFuzz.test("forward", AuthzRecords.forward(9, KEY), AuthzRecords::readForward),
        DecoderFuzz.test("reverse", AuthzRecords.reverse(9, KEY), AuthzRecords::readReverse),
        DecoderFuzz.test(
            "old forward", AuthzRecords.oldForward(9, KEY, 5), AuthzRecords::readOldForward),
        DecoderFuzz.test(
            "old reverse", AuthzRecords.oldReverse(9, KEY, 5), AuthzRecords::readOldReverse),
        DecoderFuzz.test("expiry", AuthzRecords.expiry(9, 300, KEY), AuthzRecords::readExpiry));
  }
}
