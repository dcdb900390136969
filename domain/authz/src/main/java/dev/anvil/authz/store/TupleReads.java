package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads tuples by filter, in key order, at the revision of a view. */
public final class TupleReads {
  private final View view;
  private final ObjectIds ids;
  private final int budget;

  /** At most so many rows are looked at for a page. */
  public TupleReads(View view, ObjectIds ids, int budget) {
    this.view = view;
    this.ids = ids;
    this.budget = budget;
  }

  /**
   * A tuple as stored.
   *
   * @param stranded whether the schema no longer admits it, so that it never counts
   * @param revision since which it stands
   */
  public record Found(
      Tuple tuple,
      boolean stranded,
      String writer,
      Instant writtenAt,
      String reason,
      long revision) {}

  /**
   * A page.
   *
   * @param next where the next page starts, or null at the end
   * @param complete whether the page is as long as asked, or the end
   */
  public record Page(List<Found> found, byte[] next, boolean complete) {}

  /**
   * A page of what matches; dead tuples are passed over, stranded ones told.
   *
   * @param after from the page before, or null
   */
  public Page page(Filter filter, byte[] after, int limit) {
    Selection selection = new Selection(filter, view.names(), ids, view.tenant());
    Merged rows = new Merged(selection, after);
    List<Found> found = new ArrayList<>();
    byte[] last = null;
    int looked = 0;
    try (rows) {
      while (rows.next()) {
        if (found.size() == limit || looked == budget) {
          return new Page(found, last, found.size() == limit);
        }
        looked++;
        last = rows.position;
        if (selection.matches(rows.key)) {
          add(found, rows.key, rows.row);
        }
      }
    }
    return new Page(found, null, true);
  }

  private void add(List<Found> found, TupleKey key, Row seen) {
    Row row = seen.writer() == null ? view.row(key) : seen;
    if (row == null || !row.aliveAt(view.millis())) {
      return;
    }
    Tuple tuple = new TupleTexts(view, ids).tuple(key, row);
    if (tuple == null) {
      return;
    }
    Schema.Member relation = view.schema().member(key.type(), key.relation());
    boolean stranded = relation == null || !relation.admits(View.shape(key, row));
    found.add(
        new Found(
            tuple,
            stranded,
            row.writer(),
            Instant.ofEpochMilli(row.writtenAt()),
            row.reason(),
            row.created()));
  }

  /** Rows that stood at the revision: those of now and those of then, merged by key. */
  private final class Merged implements AutoCloseable {
    private final boolean forward;
    private final EntryCursor now;
    private final EntryCursor then;
    private TupleKey nowKey;
    private TupleKey thenKey;
    private Row nowRow;
    private Row thenRow;
    private byte[] nowPlace;
    private byte[] thenPlace;
    private byte[] position;
    private TupleKey key;
    private Row row;

    Merged(Selection selection, byte[] after) {
      forward = selection.forward();
      now =
          open(
              forward
                  ? selection.prefix(AuthzRecords.FORWARD)
                  : selection.reversePrefix(AuthzRecords.REVERSE),
              after,
              false);
      then =
          !view.past()
              ? null
              : open(
                  forward
                      ? selection.prefix(AuthzRecords.OLD_FORWARD)
                      : selection.reversePrefix(AuthzRecords.OLD_REVERSE),
                  after,
                  true);
      stepNow();
      stepThen();
    }

    /** Positions are keys of now; old keys lie in another table and end with a revision. */
    private EntryCursor open(byte[] prefix, byte[] after, boolean old) {
      KeyRange range = KeyRange.prefix(prefix);
      if (after == null) {
        return view.tx().scan(range, Order.ASCENDING);
      }
      if (!old) {
        return view.tx().scan(range.after(after), Order.ASCENDING);
      }
      TupleKey k = forward ? AuthzRecords.readForward(after) : AuthzRecords.readReverse(after);
      byte[] start =
          forward
              ? AuthzRecords.oldForward(view.tenant(), k, -1)
              : AuthzRecords.oldReverse(view.tenant(), k, -1);
      return view.tx().scan(range.after(start), Order.ASCENDING);
    }

    private void stepNow() {
      nowKey = null;
      while (nowKey == null && now.next()) {
        Row r = forward ? Row.decode(now.value()) : Row.decodeReverse(now.value());
        if (r.created() <= view.revision()) {
          nowKey =
              forward ? AuthzRecords.readForward(now.key()) : AuthzRecords.readReverse(now.key());
          nowRow = r;
          nowPlace = now.key();
        }
      }
    }

    private void stepThen() {
      thenKey = null;
      while (then != null && thenKey == null && then.next()) {
        AuthzRecords.Old old =
            forward
                ? AuthzRecords.readOldForward(then.key())
                : AuthzRecords.readOldReverse(then.key());
        Row r = forward ? Row.decode(then.value()) : Row.decodeReverse(then.value());
        if (r.created() <= view.revision() && view.revision() < old.deleted()) {
          thenKey = old.key();
          thenRow = r;
          thenPlace =
              forward
                  ? AuthzRecords.forward(view.tenant(), thenKey)
                  : AuthzRecords.reverse(view.tenant(), thenKey);
        }
      }
    }

    boolean next() {
      if (nowKey == null && thenKey == null) {
        return false;
      }
      boolean takeNow =
          thenKey == null || nowKey != null && Arrays.compareUnsigned(nowPlace, thenPlace) <= 0;
      key = takeNow ? nowKey : thenKey;
      row = takeNow ? nowRow : thenRow;
      position = takeNow ? nowPlace : thenPlace;
      if (takeNow) {
        stepNow();
      } else {
        stepThen();
      }
      return true;
    }

    @Override
    public void close() {
      now.close();
      if (then != null) {
        then.close();
      }
    }
  }
}
