package dev.anvil.objects.seals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.SealAnew;
import dev.anvil.identity.TestKeyRings;
import dev.anvil.objects.BodyKeyring;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.Guards;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ResealBucketKeys;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.objects.sealing.SealWish;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.storage.PartitionId;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An envelope key goes once nothing is left under it: no bucket's key and no target's secret. */
@Tag("fast")
class ObjectSealsTest {
  /** More than a step takes. */
  private static final int TARGETS = 45;

  private static final Call ADMIN = new Call(Caller.admin("root"), "r");
  private final BucketFixture node = new BucketFixture();
  private final TestKeyRings ring = new TestKeyRings();
  private final SecureRandom random = new SecureRandom();
  private final TargetBook book = new TargetBook(node.services().partitions(), ring);
  private final ObjectServices services =
      node.services()
          .with(new Guards(node.services().guards().clock(), new BodyKeys(ring, random)));
  private final IdentityDirectory directory =
      IdentityDirectory.open(services.partitions().directory(), ring);
  private final ObjectSeals seals = new ObjectSeals(services, book);
  private final SealAnew sealAnew = new SealAnew(directory, ring, ring, seals);

  @AfterEach
  void stop() {
    node.close();
  }

  private long under(String key) {
    return new ListKeys(directory, ring, seals)
        .execute(ADMIN, new ListKeys.Command()).keys().stream()
            .filter(k -> k.id().equals(key))
            .mapToLong(ListKeys.KeyInfo::secrets)
            .sum();
  }

  private void sealAll() {
    for (int i = 0; sealAnew.step(Call.ofDuty("test"), tx -> {}); i++) {
      assertThat(i).isLessThan(20);
    }
  }

  @Test
  void theOldKeyStaysUntilTheLastIsSealedAnew() {
    for (int i = 0; i < TARGETS; i++) {
      new PutTarget(book, random)
          .execute(ADMIN, new PutTarget.Command("t" + i, "http://example.test/", null));
    }
    PartitionId home = new PartitionId(1);
    BodyKeyring bodies = new BodyKeyring(services);
    BucketRef bucket = new BucketRef(BucketFixture.BUCKET, 1, home, 5);
    var sealing = bodies.forWrite(bucket, SealWish.SERVER).sealing();
    ResealBucketKeys reseal = new ResealBucketKeys(services);
    assertThat(reseal.step(home, 1)).isFalse();
    String old = ring.currentKeyId();
    assertThat(under(old)).isEqualTo(TARGETS + 1);

    String fresh = ring.rotate(KeyRings.Kind.SEALING, null);
    sealAll();
    assertThat(under(fresh)).isEqualTo(TARGETS);
    assertThat(under(old)).as("the bucket's key holds on to it").isEqualTo(1);
    assertThat(ring.knows(old)).isTrue();

    assertThat(reseal.step(home, 1)).isFalse();
    assertThat(under(old)).isZero();
    sealAll();
    assertThat(ring.knows(old)).isFalse();
    assertThat(book.all()).allMatch(t -> t.secret().keyId().equals(fresh));
    assertThat(bodies.open(bucket, sealing, null)).isNotNull();
  }
}
