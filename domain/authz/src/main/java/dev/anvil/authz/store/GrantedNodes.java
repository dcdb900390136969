package dev.anvil.authz.store;

import dev.anvil.authz.graph.Candidates;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Folders and objects of a bucket of which some tuple, alive or dead, names one of some subjects or
 * a group that they are in; in byte order, read as far as they are asked for. One thread.
 */
public final class GrantedNodes implements AutoCloseable {
  /** Entries to pass one by one before the place is sought instead. */
  private static final int STEPS = 8;

  private final View view;
  private final Questions questions;
  private final Work work;
  private final byte[] bucket;
  private final List<Source> sources = new ArrayList<>();

  /** Tuples of one relation that name one subject. */
  private final class Source implements AutoCloseable {
    private final byte[] prefix;
    private final boolean objects;
    private EntryCursor cursor;
    private byte[] head;

    Source(byte[] prefix, boolean objects) {
      this.prefix = prefix;
      this.objects = objects;
    }

    /** Goes on to the first path at or after this one. */
    void advance(byte[] path) {
      for (int i = 0; i < STEPS && before(path); i++) {
        step();
      }
      if (before(path)) {
        open(path);
      }
    }

    private boolean before(byte[] path) {
      return head != null && Arrays.compareUnsigned(head, path) < 0;
    }

    void open(byte[] path) {
      close();
      cursor =
          view.tx().scan(KeyRange.prefix(prefix).startingAt(joined(prefix, path)), Order.ASCENDING);
      step();
    }

    private void step() {
      work.pass();
      head =
          cursor.next()
              ? Arrays.copyOfRange(cursor.key(), prefix.length, cursor.key().length)
              : null;
    }

    @Override
    public void close() {
      if (cursor != null) {
        cursor.close();
      }
    }
  }

  /**
   * Of the subjects in the bucket.
   *
   * @param work bound of all of it
   */
  public GrantedNodes(
      View view, Questions questions, List<SubjectRef> who, String bucketName, Work work) {
    this.view = view;
    this.questions = questions;
    this.work = work;
    String stored = questions.stored(new ObjectRef("anvil/bucket", bucketName));
    this.bucket = (stored + "/").getBytes(StandardCharsets.UTF_8);
    Set<Subject> named = new LinkedHashSet<>();
    for (SubjectRef s : who) {
      named.addAll(named(questions.subject(s)));
    }
    for (Subject s : named) {
      find(s, SystemNames.FOLDER);
      find(s, SystemNames.OBJECT);
    }
  }

  /** All that tuples of folders and objects may name the subject by. */
  private Set<Subject> named(Subject subject) {
    Set<Subject> named = new LinkedHashSet<>();
    Set<Schema.Member> groups = new LinkedHashSet<>();
    for (int type : List.of(SystemNames.FOLDER, SystemNames.OBJECT)) {
      for (Schema.Member m : view.schema().type(type).members()) {
        if (!m.relation() || Structure.structural(m)) {
          continue;
        }
        for (Shape s : m.shapes()) {
          if (s.member() != Schema.PLAIN) {
            groups.add(view.schema().member(s.type(), s.member()));
          } else if (s.type() == subject.type()) {
            String id = s.wildcard() ? Subject.WILDCARD : subject.id();
            named.add(new Subject(s.type(), id, Schema.PLAIN));
          }
        }
      }
    }
    for (Schema.Member group : groups) {
      new Candidates(view, subject, work)
          .objects(group)
          .keySet()
          .forEach(id -> named.add(new Subject(group.type().id(), id, group.id())));
    }
    return named;
  }

  /** Opens a source for each relation of the type that has something in the bucket. */
  private void find(Subject s, int type) {
    for (Schema.Member m : view.schema().type(type).members()) {
      if (!m.relation() || Structure.structural(m) || !mayName(m, s)) {
        continue;
      }
      byte[] head =
          AuthzRecords.reverseOf(
              view.tenant(), AuthzRecords.REVERSE, s.type(), s.id(), s.member(), type, m.id());
      Source source = new Source(joined(head, bucket), type == SystemNames.OBJECT);
      source.open(new byte[0]);
      if (source.head == null) {
        source.close();
      } else {
        sources.add(source);
      }
    }
  }

  private static boolean mayName(Schema.Member relation, Subject s) {
    return relation.shapes().stream()
        .anyMatch(shape ->
            shape.type() == s.type()
                && shape.member() == s.member()
                && shape.wildcard() == s.wildcard());
  }

  /**
   * The first path at or after this one; null if there is none. Paths asked for only grow.
   *
   * @param path in the bucket
   */
  public byte[] from(byte[] path) {
    byte[] first = null;
    for (Source s : sources) {
      s.advance(path);
      if (s.head != null && (first == null || Arrays.compareUnsigned(s.head, first) < 0)) {
        first = s.head;
      }
    }
    return first;
  }

  /** Whether an object is at exactly the path that was asked for last. */
  public boolean object(byte[] path) {
    return sources.stream().anyMatch(s -> s.objects && Arrays.equals(s.head, path));
  }

  /** Whether a folder is at exactly the path that was asked for last. */
  public boolean folder(byte[] path) {
    return sources.stream().anyMatch(s -> !s.objects && Arrays.equals(s.head, path));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Override
  public void close() {
    sources.forEach(Source::close);
  }
}
