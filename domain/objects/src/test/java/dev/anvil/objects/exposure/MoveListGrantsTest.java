package dev.anvil.objects.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.Resource;
import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Grantee;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.authz.grants.Permission;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.PublicMove;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the list of a bucket gives everybody, on its way from the record to tuples. */
@Tag("fast")
class MoveListGrantsTest extends PublicGrantsWorld {
  private static final List<CannedAcl> OPEN =
      List.of(CannedAcl.PUBLIC_READ, CannedAcl.PUBLIC_READ_WRITE);

  @BeforeEach
  void listsCount() {
    change(new ChangeExposure.Change.ToOwnership(Ownership.OBJECT_WRITER));
  }

  /** But for writing a bucket itself, which nothing asks for. */
  private List<String> rights() {
    return access().stream()
        .filter(right -> right.contains("list") || !right.endsWith("bucket:docs"))
        .toList();
  }

  private void change(ChangeExposure.Change change) {
    new ChangeExposure(services, exposures, NO_NAMES)
        .execute(OWNER, new ChangeExposure.Command(DOCS, change));
  }

  private void list(CannedAcl canned) {
    change(new ChangeExposure.Change.ToAcl(new AclRequest.Named(canned)));
  }

  /** As versions before left it: nothing of the list is in tuples. */
  private void oldList(CannedAcl canned) {
    var ref = ref();
    Grantee.Account owner = new Grantee.Account(ref.tenantId());
    Exposure old = record().withAcl(canned.of(owner, owner));
    partitions
        .get(ref.partition())
        .write(tx -> {
          tx.put(ExposureRecords.key(ref.id()), ExposureRecords.encode(old));
          return null;
        });
    boot();
  }

  /** Somebody who manages the bucket writes or deletes one of the tuples for everybody. */
  private void tuple(boolean on, String relation) {
    Tuple tuple =
        Tuple.of(
            new ObjectRef("anvil/bucket", DOCS.value()),
            relation,
            new SubjectRef("anvil/public", "all", null));
    WriteRequest.Op op = on ? WriteRequest.Op.TOUCH : WriteRequest.Op.DELETE;
    new TupleWrites(relationships)
        .write(
            new Relationships.Owner(7, "acme"),
            new WriteRequest(List.of(new WriteRequest.Change(op, tuple)), List.of(), null, null),
            new WriteRequest.By("admin:root", "r", 0, null, null));
  }

  private boolean may(Call call, Action action) {
    Resource on =
        action == Action.OBJECT_LIST
            ? Resource.prefix(DOCS, new byte[0])
            : Resource.key(DOCS, dev.anvil.kernel.ObjectKey.of("a/b"));
    return services.access().allows(call, action, on);
  }

  @Test
  void oldListsBecomeTuplesAndNoStopOnTheWayChangesWhatAnybodyMay() {
    for (CannedAcl canned : OPEN) {
      List<String> before = new ArrayList<>();
      cutEverywhere(
          () -> {
            list(CannedAcl.PRIVATE);
            oldList(canned);
            before.clear();
            before.addAll(rights());
            assertThat(before).isNotEmpty();
          },
          this::duty,
          () -> {
            assertThat(rights()).isEqualTo(before);
            duty();
            assertThat(rights()).isEqualTo(before);
            assertThat(record().listed()).isTrue();
            assertThat(record().unsettled()).isFalse();
            assertThat(moving()).isNull();
          });
    }
  }

  /** The record still has the list, for who asks for it; it decides nothing any more. */
  @Test
  void tuplesAloneDecide() {
    list(CannedAcl.PUBLIC_READ_WRITE);
    assertThat(record().acl().everybody()).isEqualTo(new Everybody(true, true));
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isTrue();
    take();
    assertThat(rights()).isEmpty();
    // a change of something else does not bring it back, nor does the duty
    change(new ChangeExposure.Change.ToBlock(AccessBlock.NONE));
    boot();
    duty();
    assertThat(rights()).isEmpty();
  }

  /** Somebody who manages the bucket takes the tuples away, past the list. */
  private void take() {
    var move = new PublicMove(null, Everybody.NOTHING, Long.MAX_VALUE >> 1);
    var by = new WriteRequest.By("late", null, 0, null, null);
    assertThat(MovePublicGrants.publish(services, ref(), move, by)).isTrue();
  }

  @Test
  void aListThatIsReadShowsKeysButNoObject() {
    list(CannedAcl.PUBLIC_READ);
    for (Call call : List.of(NOBODY, STRANGER)) {
      assertThat(may(call, Action.OBJECT_LIST)).isTrue();
      assertThat(may(call, Action.OBJECT_READ)).isFalse();
      assertThat(may(call, Action.OBJECT_WRITE)).isFalse();
    }
    change(new ChangeExposure.Change.ToBlock(new AccessBlock(false, true, false, false)));
    assertThat(rights()).isEmpty();
  }

  @Test
  void eachPartKeepsWhatTheOtherGives() {
    ask(true, true);
    List<String> open = rights();
    list(CannedAcl.PUBLIC_READ_WRITE);
    list(CannedAcl.PRIVATE);
    assertThat(rights()).isEqualTo(open);
    list(CannedAcl.PUBLIC_READ_WRITE);
    ask(false, false);
    assertThat(may(NOBODY, Action.OBJECT_LIST)).isTrue();
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isTrue();
    assertThat(may(NOBODY, Action.OBJECT_READ)).isFalse();
    list(CannedAcl.PRIVATE);
    assertThat(rights()).isEmpty();
    assertThat(held()).isEqualTo(Everybody.NOTHING);
  }

  @Test
  void aStoppedChangeGivesNoMoreThanWasThereOrWasAskedAndIsFinishedByTheDuty() {
    list(CannedAcl.PUBLIC_READ_WRITE);
    List<String> all = rights();
    cutEverywhere(
        () -> list(CannedAcl.PUBLIC_READ_WRITE),
        () -> list(CannedAcl.PRIVATE),
        () -> {
          assertThat(all).containsAll(rights());
          boolean asked = moving() != null || rights().isEmpty();
          duty();
          assertThat(rights()).isEqualTo(asked ? List.of() : all);
        });
  }

  /** What somebody took away of public access is the list's alone once the list gives it again. */
  @Test
  void aListTakesAlongWhatItGaveBackOfPublicAccess() {
    ask(true, true);
    tuple(false, "writer");
    tuple(false, "lister");
    list(CannedAcl.PUBLIC_READ_WRITE);
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isTrue();
    list(CannedAcl.PRIVATE);
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isFalse();
    tuple(false, "reader");
    assertThat(rights()).isEmpty();
  }

  /** A tuple for readers that somebody wrote is no public access, which has one for lists too. */
  @Test
  void aListTakesAlongWhatItGaveBesideATupleForReaders() {
    tuple(true, "reader");
    list(CannedAcl.PUBLIC_READ);
    list(CannedAcl.PRIVATE);
    assertThat(may(NOBODY, Action.OBJECT_READ)).isTrue();
    tuple(false, "reader");
    assertThat(rights()).isEmpty();
  }

  /** A change that is still on its way goes along with the next one, which is of the other part. */
  @Test
  void whatWaitsIsNotLostToAnotherChange() {
    list(CannedAcl.PUBLIC_READ_WRITE);
    cut.left = 1;
    assertThatThrownBy(() -> list(CannedAcl.PRIVATE)).isInstanceOf(Unavailable.class);
    boot();
    assertThat(moving()).isNotNull();
    ask(true, false);
    assertThat(may(NOBODY, Action.OBJECT_READ)).isTrue();
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isFalse();
    ask(false, false);
    assertThat(rights()).isEmpty();
    assertThat(moving()).isNull();
  }

  /** A move that was read before a newer change, and comes after it, opens nothing. */
  @Test
  void aMoveThatComesLateUndoesNothing() {
    oldList(CannedAcl.PUBLIC_READ_WRITE);
    cut.left = 2;
    assertThatThrownBy(this::duty).isInstanceOf(Unavailable.class);
    boot();
    var late = PublicMove.decode(moving());
    list(CannedAcl.PRIVATE);
    assertThat(rights()).isEmpty();
    var by = new WriteRequest.By("late", null, 0, null, null);
    assertThat(MovePublicGrants.publish(services, ref(), late, by)).isTrue();
    assertThat(rights()).isEmpty();
  }

  @Test
  void underARedefinedSchemaTheRecordKeepsIt() {
    redefine();
    list(CannedAcl.PUBLIC_READ_WRITE);
    assertThat(held()).isEqualTo(Everybody.NOTHING);
    assertThat(record().listed()).isFalse();
    assertThat(may(NOBODY, Action.OBJECT_WRITE)).isTrue();
    list(CannedAcl.PRIVATE);
    assertThat(rights()).isEmpty();
    assertThat(moving()).isNull();
  }

  @Test
  void whatTuplesCannotSayStaysInTheList() {
    Acl acl =
        new Acl(
            List.of(
                new Acl.Entry(Grantee.Group.ALL_USERS, Permission.FULL_CONTROL),
                new Acl.Entry(Grantee.Group.AUTHENTICATED_USERS, Permission.READ)));
    change(new ChangeExposure.Change.ToAcl(new AclRequest.Listed(acl, null)));
    assertThat(record().listed()).isTrue();
    assertThat(record().gives(NOBODY.caller(), Permission.WRITE_ACP)).isTrue();
    assertThat(record().gives(NOBODY.caller(), Permission.WRITE)).isFalse();
    take();
    assertThat(may(NOBODY, Action.OBJECT_LIST)).isFalse();
    assertThat(may(STRANGER, Action.OBJECT_LIST)).isTrue();
  }

  @Test
  void recordsOfMovesStayKnown() {
    PublicMove list = new PublicMove(null, new Everybody(true, false), 300);
    assertThat(HexFormat.of().formatHex(list.encode())).isEqualTo("02000100ac02");
    PublicMove both = new PublicMove(new Everybody(false, true), new Everybody(true, true), 5);
    assertThat(HexFormat.of().formatHex(both.encode())).isEqualTo("020100010101" + "05");
    assertThat(List.of(PublicMove.decode(list.encode()), PublicMove.decode(both.encode())))
        .containsExactly(list, both);
  }

  @Tag("verify")
  @Test
  void damagedRecordsOfMovesAreCorrupt() {
    DecoderFuzz.fuzz(
        new PublicMove(new Everybody(true, false), new Everybody(true, true), 300).encode(),
        PublicMove::decode);
  }
}
