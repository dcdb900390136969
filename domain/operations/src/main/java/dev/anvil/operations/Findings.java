package dev.anvil.operations;

import dev.anvil.journal.Finding;
import dev.anvil.journal.FindingSink;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Findings of this deployment, kept in the directory partition. */
public final class Findings implements FindingSink {
  /** Most findings a listing returns. */
  public static final int MAX_LISTED = 1_000;

  private static final int FORMAT = 1;
  private static final int KIND = 'f';
  private static final int MAX_TEXT_CHARS = 1_000;

  /** Findings dropped in one commit, within the reads of a function. */
  private static final int STEP = 50;

  private final Partition directory;
  private final Meters.Counter filed;

  /** Over the directory partition. */
  public Findings(Partition directory, Meters meters) {
    this.directory = directory;
    this.filed =
        meters.counter("anvil_findings_total", "Findings filed by scrubs and checks", "invariant");
  }

  @Override
  public void file(Finding finding) {
    byte[] key =
        new KeyWriter(KeySpace.OPERATIONS)
            .u8(KIND)
            .part(finding.invariant())
            .part(cut(finding.subject()))
            .toBytes();
    boolean fresh =
        directory
            .write(tx -> {
              if (tx.get(key) != null) {
                return false;
              }
              tx.put(key, encode(finding));
              return true;
            })
            .value();
    if (fresh) {
      filed.add(1, finding.invariant());
    }
  }

  /** What a validation of everything found stands for all that was found before. */
  public void replace(List<Finding> all) {
    byte[] prefix = new KeyWriter(KeySpace.OPERATIONS).u8(KIND).toBytes();
    boolean more = true;
    while (more) {
      more =
          directory
              .write(tx -> {
                int dropped = 0;
                try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
                  while (dropped < STEP && c.next()) {
                    tx.delete(c.key());
                    dropped++;
                  }
                }
                return dropped == STEP;
              })
              .value();
    }
    all.stream().limit(MAX_LISTED).forEach(this::file);
  }

  /** All findings, at most {@link #MAX_LISTED}. */
  public List<Finding> list() {
    byte[] prefix = new KeyWriter(KeySpace.OPERATIONS).u8(KIND).toBytes();
    return directory.read(tx -> {
      List<Finding> found = new ArrayList<>();
      try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
        while (found.size() < MAX_LISTED && c.next()) {
          found.add(decode(c.value()));
        }
      }
      return found;
    });
  }

  static byte[] encode(Finding f) {
    return new RecordWriter(FORMAT)
        .text(f.invariant())
        .text(cut(f.subject()))
        .text(cut(f.expected()))
        .text(cut(f.actual()))
        .text(cut(f.action()))
        .i64(f.foundAt().toEpochMilli())
        .toBytes();
  }

  static Finding decode(byte[] record) {
    RecordReader r = new RecordReader(record, "finding", FORMAT);
    return new Finding(
        r.text(), r.text(), r.text(), r.text(), r.text(), Instant.ofEpochMilli(r.i64()));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS);
  }
}
