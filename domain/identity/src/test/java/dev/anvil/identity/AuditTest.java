package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.WriteTx;
import dev.anvil.ports.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class AuditTest {
  private final IdentityWorld world = new IdentityWorld();
  private final ManualTicker ticker = new ManualTicker();
  private Denials met = new Denials(world.directory, ticker, world.clock, Meters.none());

  @AfterEach
  void close() {
    world.close();
  }

  private List<AuditEntry> read(AuditLog log, long before, int limit, String containing) {
    return new ReadAudit(world.directory)
        .execute(IdentityWorld.ADMIN, new ReadAudit.Command(log, before, limit, containing))
        .entries();
  }

  private VerifyAudit.Result verify(AuditLog log) {
    return new VerifyAudit(world.directory)
        .execute(IdentityWorld.ADMIN, new VerifyAudit.Command(log));
  }

  private void deny(String source, int times) {
    for (int i = 0; i < times; i++) {
      new RecordDenial(met)
          .execute(
              Call.anonymous("r" + i),
              new RecordDenial.Command(source, "anonymous", "native/getObject", "Unauthenticated"));
    }
  }

  @Test
  void everyEntryNamesTheOneBeforeIt() {
    world.tenant("acme");
    var app = world.application("acme", "app");
    world.grant(app.application().clientId(), "object:read|*");
    world.restart();
    world.tenant("other");
    List<AuditEntry> entries = read(AuditLog.CHANGES, 0, 10, null).reversed();
    assertThat(entries).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(entries.getFirst().previous()).containsOnly(0);
    for (int i = 1; i < entries.size(); i++) {
      assertThat(entries.get(i).previous()).isEqualTo(entries.get(i - 1).hash());
    }
    VerifyAudit.Result whole = verify(AuditLog.CHANGES);
    assertThat(whole.whole()).isTrue();
    assertThat(whole.entries()).isEqualTo(4);
    assertThat(whole.hash()).isEqualTo(entries.getLast().hashText());
  }

  @Test
  void pagesAndSearchesGoFromTheNewestBack() {
    for (int i = 0; i < 5; i++) {
      world.tenant("tenant-" + i);
    }
    var reads = new ReadAudit(world.directory);
    var first =
        reads.execute(IdentityWorld.ADMIN, new ReadAudit.Command(AuditLog.CHANGES, 0, 3, null));
    assertThat(first.entries()).extracting(AuditEntry::sequence).containsExactly(5L, 4L, 3L);
    var rest =
        reads.execute(
            IdentityWorld.ADMIN, new ReadAudit.Command(AuditLog.CHANGES, first.next(), 3, null));
    assertThat(rest.entries()).extracting(AuditEntry::sequence).containsExactly(2L, 1L);
    assertThat(rest.next()).isZero();
    assertThat(read(AuditLog.CHANGES, 0, 10, "TENANT-3"))
        .extracting(e -> e.facts().subject())
        .containsExactly("tenant-3");
  }

  private void tamper(BiConsumer<WriteTx, byte[]> how, long sequence) {
    world.partition.write(tx -> {
      how.accept(tx, AuditRecords.key(AuditLog.CHANGES, sequence));
      return null;
    });
  }

  @Test
  void whatIsChangedTakenOutOrPutInShows() {
    for (int i = 0; i < 6; i++) {
      world.tenant("tenant-" + i);
    }
    byte[] third = world.partition.read(tx -> tx.get(AuditRecords.key(AuditLog.CHANGES, 3)));
    AuditEntry was = AuditRecords.entry(AuditLog.CHANGES, 3, third);
    AuditEntry.Facts f = was.facts();
    AuditEntry.Facts other =
        new AuditEntry.Facts(
            f.at(), "admin:nobody", f.requestId(), f.kind(), f.subject(), "", "", 1, null, null);
    tamper((tx, key) -> tx.put(key, AuditRecords.entry(other, was.previous())), 3);
    assertThat(verify(AuditLog.CHANGES).broken()).isEqualTo(4);
    tamper((tx, key) -> tx.delete(key), 3);
    assertThat(verify(AuditLog.CHANGES).broken()).isEqualTo(3);
    tamper((tx, key) -> tx.put(key, third), 3);
    assertThat(verify(AuditLog.CHANGES).whole()).isTrue();
    tamper((tx, key) -> tx.delete(key), 6);
    assertThat(verify(AuditLog.CHANGES).broken()).isEqualTo(6);
  }

  @Test
  void theLastEntryCannotBeRewrittenEither() {
    world.tenant("acme");
    byte[] last = world.partition.read(tx -> tx.get(AuditRecords.key(AuditLog.CHANGES, 1)));
    AuditEntry was = AuditRecords.entry(AuditLog.CHANGES, 1, last);
    AuditEntry.Facts f = was.facts();
    AuditEntry.Facts other =
        new AuditEntry.Facts(f.at(), f.actor(), null, f.kind(), "b", "", "", 1, null, null);
    tamper((tx, key) -> tx.put(key, AuditRecords.entry(other, was.previous())), 1);
    assertThat(verify(AuditLog.CHANGES).broken()).isEqualTo(1);
  }

  @Test
  void tenDenialsOfASourceAreWrittenAndTheRestOfTheSecondIsSummed() {
    deny("10.0.0.1", 10);
    assertThat(read(AuditLog.DENIALS, 0, 100, null)).hasSize(10);
    deny("10.0.0.1", 7);
    deny("10.0.0.2", 1);
    assertThat(read(AuditLog.DENIALS, 0, 100, null)).hasSize(11);
    new SettleDenials(met).step();
    assertThat(read(AuditLog.DENIALS, 0, 100, null)).hasSize(11);
    ticker.advance(Duration.ofSeconds(1));
    new SettleDenials(met).step();
    AuditEntry sum = read(AuditLog.DENIALS, 0, 1, null).getFirst();
    assertThat(sum.facts().kind()).isEqualTo("denied.sum");
    assertThat(sum.facts().count()).isEqualTo(7);
    assertThat(sum.facts().reason()).isEqualTo("10.0.0.1");
    assertThat(verify(AuditLog.DENIALS).entries()).isEqualTo(12);
  }

  /** What is written depends on time, never on how many knock. */
  @Test
  void aFloodFromEverywhereIsBoundedInEntriesAndInMemory() {
    long told = 0;
    for (int second = 0; second < 3; second++) {
      for (int source = 0; source < 5_000; source++) {
        deny("10.1." + source / 250 + "." + source % 250, 1);
        told++;
      }
      ticker.advance(Duration.ofSeconds(1));
    }
    for (int i = 0;
        i < 3 * IdentityLimits.MAX_DENIAL_SOURCES / IdentityLimits.MAX_DENIAL_SUMS;
        i++) {
      ticker.advance(Duration.ofSeconds(1));
      new SettleDenials(met).step();
    }
    List<AuditEntry> entries = read(AuditLog.DENIALS, 0, 1_000, null);
    long single = entries.stream().filter(e -> e.facts().kind().equals("denied")).count();
    assertThat(single).isLessThanOrEqualTo(3L * IdentityLimits.MAX_DENIALS_OF_NODE);
    long all =
        new ReadAudit(world.directory)
            .execute(
                IdentityWorld.ADMIN, new ReadAudit.Command(AuditLog.DENIALS, 0, 1_000, "denied"))
            .entries()
            .size();
    assertThat(all)
        .isLessThanOrEqualTo(
            IdentityLimits.MAX_DENIAL_SOURCES + 1 + 3 * IdentityLimits.MAX_DENIALS_OF_NODE);
    VerifyAudit.Result chain = verify(AuditLog.DENIALS);
    assertThat(chain.whole()).isTrue();
    long counted = 0;
    for (long before = 0, more = 1; more != 0; before = more) {
      var page =
          new ReadAudit(world.directory)
              .execute(
                  IdentityWorld.ADMIN,
                  new ReadAudit.Command(AuditLog.DENIALS, before, 1_000, null));
      counted += page.entries().stream().mapToLong(e -> e.facts().count()).sum();
      more = page.next();
    }
    assertThat(counted).isEqualTo(told);
  }

  @Test
  void ofDenialsTheNewestAreKeptAndTheChainStaysWhole() {
    AuditEntry.Facts facts =
        new AuditEntry.Facts(
            world.clock.instant(), "anonymous", "r", "denied", "a", "b", "c", 1, null, null);
    for (int i = 0; i < 12; i++) {
      world.directory.append(AuditLog.DENIALS, List.of(facts), 5);
    }
    assertThat(read(AuditLog.DENIALS, 0, 100, null))
        .extracting(AuditEntry::sequence)
        .containsExactly(12L, 11L, 10L, 9L, 8L);
    VerifyAudit.Result chain = verify(AuditLog.DENIALS);
    assertThat(chain.whole()).isTrue();
    assertThat(chain.oldest()).isEqualTo(8);
  }

  @Test
  void onlyAdministratorsRead() {
    world.tenant("acme");
    Call app = world.as(world.application("acme", "all", "*|*"));
    var read = new ReadAudit(world.directory);
    var verify = new VerifyAudit(world.directory);
    assertThatThrownBy(() -> read.execute(app, new ReadAudit.Command(AuditLog.CHANGES, 0, 1, null)))
        .isInstanceOf(Denied.class);
    assertThatThrownBy(() -> verify.execute(app, new VerifyAudit.Command(AuditLog.CHANGES)))
        .isInstanceOf(Denied.class);
    Call nobody = Call.anonymous("r");
    assertThatThrownBy(
            () -> read.execute(nobody, new ReadAudit.Command(AuditLog.CHANGES, 0, 1, null)))
        .isInstanceOf(Unauthenticated.class);
  }
}
