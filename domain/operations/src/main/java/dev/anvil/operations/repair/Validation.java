package dev.anvil.operations.repair;

import dev.anvil.journal.BodyReferences;
import dev.anvil.journal.Finding;
import dev.anvil.kernel.SubjectCheck;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Validates everything a node holds, while it serves nobody: every record against its check, the
 * journal from its oldest entry to its head, that every body a record names is there, and what each
 * subject can prove of its own. Facts are never changed; derived records are, if asked for.
 */
public final class Validation {
  /** Findings of one run; what is beyond is counted only. */
  public static final int MAX_FINDINGS = 1_000;

  private static final int SLICE = 1_000;
  private static final String RESTORE = "needed: restore from a backup";

  private final Partitions partitions;
  private final BodyStore bodies;
  private final List<BodyReferences> references;
  private final List<SubjectCheck> subjects;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();
  private long found;
  private long records;
  private long entries;

  /** Over a node that serves nobody. */
  public Validation(
      Partitions partitions,
      BodyStore bodies,
      List<BodyReferences> references,
      List<SubjectCheck> subjects,
      InstantSource clock) {
    this.partitions = partitions;
    this.bodies = bodies;
    this.references = List.copyOf(references);
    this.subjects = List.copyOf(subjects);
    this.clock = clock;
  }

  /**
   * What was validated.
   *
   * @param records read
   * @param journalEntries read
   * @param found findings, those beyond {@link #MAX_FINDINGS} included
   */
  public record Outcome(long records, long journalEntries, long found, List<Finding> findings) {}

  /** Validates all; once. */
  public Outcome run(boolean rebuild) {
    for (int n = 0; n < partitions.count(); n++) {
      Partition partition = partitions.get(new PartitionId(n));
      guarded("partition-readable", "partition " + n, () -> records(partition));
      guarded("journal-chain", "partition " + n, () -> journal(partition));
      for (SubjectCheck subject : subjects) {
        guarded(
            "partition-readable",
            "partition " + n,
            () -> subject.check(partition.id(), rebuild, this::report));
      }
    }
    return new Outcome(records, entries, found, List.copyOf(findings));
  }

  private void guarded(String invariant, String subject, Runnable check) {
    try {
      check.run();
    } catch (AnvilException e) {
      report(invariant, subject, "readable from end to end", e.getMessage(), RESTORE);
    }
  }

  private void report(
      String invariant, String subject, String expected, String actual, String action) {
    found++;
    if (findings.size() < MAX_FINDINGS) {
      findings.add(new Finding(invariant, subject, expected, actual, action, clock.instant()));
    }
  }

  private void records(Partition partition) {
    byte[] after = null;
    do {
      KeyRange rest = after == null ? KeyRange.ALL : KeyRange.ALL.after(after);
      after = partition.read(tx -> slice(partition, tx, rest));
    } while (after != null);
  }

  /** The last key of the slice; null at the end. */
  private byte[] slice(Partition partition, ReadTx tx, KeyRange rest) {
    byte[] last = null;
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      for (int i = 0; i < SLICE; i++) {
        if (!c.next()) {
          return null;
        }
        last = c.key().clone();
        records++;
        record(partition, last, c);
      }
    }
    return last;
  }

  private void record(Partition partition, byte[] key, EntryCursor c) {
    String subject = "partition " + partition.id() + " key " + HexFormat.of().formatHex(key);
    byte[] value;
    try {
      value = c.value();
    } catch (Corrupt e) {
      if (subjects.stream().anyMatch(check -> check.derives(key))) {
        return;
      }
      report(
          "record-checksum",
          subject,
          "CRC32C over key and value",
          e.getMessage(),
          "needed: anvil repair --quarantine takes it out, or restore from a backup");
      return;
    }
    try {
      for (BodyReferences r : references) {
        r.of(key, value, id -> body(subject, id));
      }
    } catch (Corrupt e) {
      report("record-readable", subject, "a record of its kind", e.getMessage(), RESTORE);
    }
  }

  private void body(String subject, BodyId id) {
    if (bodies.size(id) < 0) {
      report("body-present", subject, "body " + id, "no such body here", RESTORE);
    }
  }

  private void journal(Partition partition) {
    PartitionHead head = partition.head();
    long at = head.oldest() - 1;
    long revision = 0;
    while (at < head.cursor()) {
      JournalPage page = partition.journal(at, SLICE);
      for (JournalEntry e : page.entries()) {
        at++;
        if (e.cursor() != at || e.revision() < revision || e.commitId() > e.cursor()) {
          throw new Corrupt(
              "entry "
                  + e.cursor()
                  + " of revision "
                  + e.revision()
                  + " stands where "
                  + at
                  + " of revision "
                  + revision
                  + " or later must");
        }
        revision = e.revision();
        entries++;
      }
    }
    if (revision > head.revision()) {
      throw new Corrupt(
          "the journal ends with revision " + revision + ", the stamp says " + head.revision());
    }
  }
}
