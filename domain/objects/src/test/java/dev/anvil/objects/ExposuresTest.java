package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.CorsRule;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Grantee;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.authz.grants.Permission;
import dev.anvil.authz.policy.PolicyParser;
import dev.anvil.authz.policy.PrincipalNames;
import dev.anvil.identity.Call;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.ChangeExposure.Change;
import dev.anvil.objects.exposure.ExposureContents;
import dev.anvil.objects.exposure.ReplaceCors;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bucket grants: that it lasts, that it goes with the bucket, and how it is stored. */
@Tag("fast")
class ExposuresTest {
  private static final Call NOBODY = Call.anonymous("r");
  private static final Call STRANGER = ObjectsNode.call(8, "other");
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
          + "\"other\"},\"Action\":[\"s3:GetObject\",\"s3:DeleteObject\"],\"Resource\":"
          + "\"arn:aws:s3:::docs/*\"}]}";

  private final ObjectsNode node = new ObjectsNode();

  @BeforeEach
  void bucket() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    put("k", "x", null);
  }

  @AfterEach
  void close() {
    node.close();
  }

  static final PrincipalNames NAMES =
      new PrincipalNames() {
        @Override
        public long account(String numberOrName) {
          return numberOrName.equals("other") ? 8 : NONE;
        }

        @Override
        public long canonical(String id) {
          return NONE;
        }

        @Override
        public long application(String clientId) {
          return NONE;
        }
      };

  private void put(String key, String text, AclRequest acl) {
    new PutObject(node.services).execute(CALL, ObjectsNode.put(key, text.getBytes()).with(acl));
  }

  private void change(Change change) {
    new ChangeExposure(node.services, node.exposures, NAMES)
        .execute(CALL, new ChangeExposure.Command(DOCS, change));
  }

  private String read(Call call, String key) {
    try {
      return new GetObject(node.services)
          .execute(
              call,
              new GetObject.Command(DOCS, ObjectKey.of(key), null, ReadConditions.NONE, List.of()))
          .info()
          .key()
          .text();
    } catch (AnvilException e) {
      return e.code().wire();
    }
  }

  private static AclRequest named(CannedAcl canned) {
    return new AclRequest.Named(canned);
  }

  @Test
  void whatIsGrantedSurvivesACrash() {
    change(new Change.ToOwnership(Ownership.OBJECT_WRITER));
    put("open", "y", named(CannedAcl.PUBLIC_READ));
    change(new Change.ToPolicy(POLICY));
    assertThat(read(NOBODY, "open")).isEqualTo("open");
    assertThat(read(STRANGER, "k")).isEqualTo("k");
    node.crash();
    assertThat(read(NOBODY, "open")).isEqualTo("open");
    assertThat(read(NOBODY, "k")).isEqualTo("Unauthenticated");
    assertThat(read(STRANGER, "k")).isEqualTo("k");
    change(new Change.ToPolicy(null));
    change(new Change.ToBlock(new AccessBlock(false, true, false, false)));
    node.crash();
    assertThat(read(NOBODY, "open")).isEqualTo("Unauthenticated");
    assertThat(read(STRANGER, "k")).isEqualTo("BucketNotFound");
  }

  @Test
  void copiesTakeNoListOverAndBatchesAskForEachKey() {
    change(new Change.ToOwnership(Ownership.OBJECT_WRITER));
    put("open", "y", named(CannedAcl.PUBLIC_READ));
    new CopyObject(node.services)
        .execute(
            CALL,
            new CopyObject.Command(
                DOCS,
                ObjectKey.of("open"),
                null,
                Preconditions.NONE,
                DOCS,
                ObjectKey.of("copy"),
                null,
                Preconditions.NONE,
                null));
    assertThat(read(NOBODY, "copy")).isEqualTo("Unauthenticated");
    change(new Change.ToPolicy(POLICY.replace("docs/*", "docs/o*")));
    List<BatchDelete.Item> items =
        List.of(
            new BatchDelete.Item("open", null, Preconditions.NONE),
            new BatchDelete.Item("copy", null, Preconditions.NONE));
    List<BatchDelete.Outcome> done =
        new BatchDelete(node.services, null)
            .execute(STRANGER, new BatchDelete.Command(DOCS, items, null))
            .outcomes();
    assertThat(done.get(0).failure()).isNull();
    assertThat(done.get(1).failure()).isInstanceOf(NotFound.class);
    assertThat(read(CALL, "open")).isEqualTo("ObjectNotFound");
    assertThat(read(CALL, "copy")).isEqualTo("copy");
  }

  @Test
  void anotherListOfAVersionKeepsTheVersion() {
    change(new Change.ToOwnership(null));
    String before = info().version();
    new ReplaceGrants(node.services)
        .execute(
            CALL,
            new ReplaceGrants.Command(DOCS, ObjectKey.of("k"), null, named(CannedAcl.PUBLIC_READ)));
    assertThat(info().version()).isEqualTo(before);
    assertThat(read(NOBODY, "k")).isEqualTo("k");
    new ReplaceGrants(node.services)
        .execute(
            CALL,
            new ReplaceGrants.Command(DOCS, ObjectKey.of("k"), null, named(CannedAcl.PRIVATE)));
    assertThat(read(NOBODY, "k")).isEqualTo("Unauthenticated");
  }

  private ObjectInfo info() {
    return new HeadObject(node.services)
        .execute(
            CALL,
            new HeadObject.Command(DOCS, ObjectKey.of("k"), null, ReadConditions.NONE, List.of()))
        .info();
  }

  @Test
  void whatABucketGrantsGoesWithIt() {
    change(new Change.ToPublic(true, true));
    new ReplaceCors(node.services, node.exposures)
        .execute(CALL, new ReplaceCors.Command(DOCS, List.of(rule())));
    assertThat(read(NOBODY, "k")).isEqualTo("k");
    byte[] key = ExposureRecords.key(node.ref(DOCS).id());
    var home = node.home(DOCS);
    assertThat(home.<byte[]>read(tx -> tx.get(key))).isNotNull();
    new DeleteObject(node.services)
        .execute(
            NOBODY,
            new DeleteObject.Command(DOCS, ObjectKey.of("k"), null, Preconditions.NONE, null));
    new DeleteBucket(node.services, List.of(new ExposureContents()))
        .execute(CALL, new DeleteBucket.Command(DOCS, false, false, null));
    assertThat(home.<byte[]>read(tx -> tx.get(key))).isNull();
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    put("k", "x", null);
    assertThat(read(NOBODY, "k")).isEqualTo("Unauthenticated");
  }

  @Test
  void onlyWhoMayWritePoliciesChangesThem() {
    assertThatThrownBy(() ->
            new ChangeExposure(node.services, node.exposures, NAMES)
                .execute(NOBODY, new ChangeExposure.Command(DOCS, new Change.ToPublic(true, true))))
        .isInstanceOf(Unauthenticated.class);
    assertThatThrownBy(() ->
            new ChangeExposure(node.services, node.exposures, NAMES)
                .execute(
                    STRANGER, new ChangeExposure.Command(DOCS, new Change.ToPublic(true, true))))
        .isInstanceOf(NotFound.class);
    change(new Change.ToBlock(new AccessBlock(true, false, true, false)));
    assertThatThrownBy(() -> change(new Change.ToPublic(true, false))).isInstanceOf(Denied.class);
    assertThatThrownBy(
            () -> change(new Change.ToPolicy(POLICY.replace("{\"AWS\":\"other\"}", "\"*\""))))
        .isInstanceOf(Denied.class);
  }

  private static CorsRule rule() {
    return new CorsRule(
        "r", List.of("*"), List.of("GET", "PUT"), List.of("x-*"), List.of("ETag"), 30);
  }

  private static Exposure full() {
    Acl acl =
        new Acl(
            List.of(
                new Acl.Entry(new Grantee.Account(7), Permission.FULL_CONTROL),
                new Acl.Entry(Grantee.Group.ALL_USERS, Permission.READ)));
    return new Exposure(
        acl,
        new AccessBlock(true, false, true, false),
        Ownership.OBJECT_WRITER,
        true,
        false,
        PolicyParser.parse(POLICY, DOCS, NAMES),
        List.of(rule()));
  }

  @Test
  void recordsComeBackAndKnownBytesStayKnown() {
    assertThat(ExposureRecords.decode(ExposureRecords.encode(full()))).isEqualTo(full());
    assertThat(ExposureRecords.decode(ExposureRecords.encode(Exposure.NOTHING)))
        .isEqualTo(Exposure.NOTHING);
    Exposure bare = full().withPolicy(null);
    assertThat(HexFormat.of().formatHex(ExposureRecords.encode(bare)))
        .isEqualTo(
            "01130301000100020008040100"
                + "010272"
                + "01022a"
                + "020447455404505554"
                + "0104782d2a"
                + "010545546167"
                + "1f");
  }

  @Tag("verify")
  @Test
  void damagedRecordsAreCorruptAndNothingElse() {
    DecoderFuzz.fuzz(ExposureRecords.encode(full()), ExposureRecords::decode);
  }
}
