package dev.anvil.objects;

import static dev.anvil.objects.GovernedWorld.ANNA;
import static dev.anvil.objects.GovernedWorld.DOCS;
import static dev.anvil.objects.GovernedWorld.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.identity.Call;
import dev.anvil.objects.manifests.ListManifests;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.streams.ListStreams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lists of a bucket under relationships show exactly the keys whose {@code see} is allowed. */
@Execution(ExecutionMode.CONCURRENT)
class GovernedListsTest {
  private static final long SEED = Long.getLong("anvil.seed", 20_261_125L);
  private static final String[] PARTS = {"a", "b", "a-b", "c/", "é", "z"};

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> objects(GovernedWorld w, Call call, String prefix, int limit) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      ListObjects.Result r =
          new ListObjects(w.services)
              .execute(call, new ListObjects.Command(DOCS, utf8(prefix), null, null, limit, token));
      assertThat(r.objects().size()).isLessThanOrEqualTo(limit);
      r.objects().forEach(o -> all.add(o.key()));
      token = r.nextPageToken();
    } while (token != null);
    return all;
  }

  private static List<String> folders(GovernedWorld w, Call call, int limit) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      ListObjects.Result r =
          new ListObjects(w.services)
              .execute(call, new ListObjects.Command(DOCS, null, utf8("/"), null, limit, token));
      r.objects().forEach(o -> all.add(o.key()));
      all.addAll(r.commonPrefixes());
      token = r.nextPageToken();
    } while (token != null);
    all.sort(BYTES);
    return all;
  }

  private static final Comparator<String> BYTES =
      (x, y) -> java.util.Arrays.compareUnsigned(utf8(x), utf8(y));

  private static List<String> versions(GovernedWorld w, Call call, int limit) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      ListVersions.Result r =
          new ListVersions(w.services)
              .execute(call, new ListVersions.Command(DOCS, null, null, null, null, limit, token));
      r.versions().forEach(o -> all.add(o.key()));
      token = r.nextPageToken();
    } while (token != null);
    return all;
  }

  private static List<String> manifests(GovernedWorld w, Call call, int limit) {
    return named(after -> {
      ListManifests.Result r =
          new ListManifests(w.services)
              .execute(call, new ListManifests.Command(DOCS, new byte[0], after, limit));
      return new Named(r.manifests().stream().map(m -> m.key().text()).toList(), r.next());
    });
  }

  private static List<String> streams(GovernedWorld w, Call call, int limit) {
    return named(after -> {
      ListStreams.Result r =
          new ListStreams(w.services)
              .execute(call, new ListStreams.Command(DOCS, new byte[0], after, limit));
      return new Named(r.streams().stream().map(m -> m.key().text()).toList(), r.next());
    });
  }

  private record Named(List<String> names, String next) {}

  private static List<String> named(Function<String, Named> page) {
    List<String> all = new ArrayList<>();
    String after = null;
    do {
      Named n = page.apply(after);
      all.addAll(n.names());
      after = n.next();
    } while (after != null);
    return all;
  }

  private static List<String> uploads(GovernedWorld w, Call call, int limit) {
    List<String> all = new ArrayList<>();
    String key = null;
    String id = null;
    do {
      ListUploads.Result r =
          new ListUploads(w.services)
              .execute(call, new ListUploads.Command(DOCS, new byte[0], key, id, limit));
      r.uploads().forEach(u -> all.add(u.key().text()));
      key = r.nextKey();
      id = r.nextUploadId();
    } while (key != null);
    return all;
  }

  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      key.append(i == 0 || key.charAt(key.length() - 1) == '/' ? "" : "/");
      key.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return key.toString();
  }

  private static String tuple(Random random, List<String> keys) {
    String key = keys.get(random.nextInt(keys.size()));
    List<String> folders = new ArrayList<>();
    for (int i = key.indexOf('/'); i >= 0; i = key.indexOf('/', i + 1)) {
      folders.add(key.substring(0, i + 1));
    }
    String subject =
        List.of("anvil/app:anvanna", "anvil/group:g#member", "anvil/public:all")
            .get(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
    int what = random.nextInt(20);
    if (what == 0) {
      return "anvil/bucket:docs#lister@" + subject;
    }
    boolean folder = !folders.isEmpty() && random.nextBoolean();
    List<String> relations =
        folder
            ? List.of("reader", "lister", "writer", "owner", "banned")
            : List.of("reader", "writer", "owner", "banned");
    String relation = relations.get(random.nextInt(relations.size()));
    if (subject.startsWith("anvil/public") && !List.of("reader", "writer").contains(relation)) {
      subject = "anvil/app:anvanna";
    }
    String on =
        folder
            ? "folder:docs/" + folders.get(random.nextInt(folders.size()))
            : "object:docs/" + key;
    return "anvil/" + on + "#" + relation + "@" + subject;
  }

  private void rounds(int rounds, String schema) {
    for (int round = 0; round < rounds; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      try (GovernedWorld w = GovernedWorld.start()) {
        if (schema != null) {
          w.schema(schema);
        }
        Set<String> keys = new TreeSet<>(BYTES);
        while (keys.size() < 25) {
          keys.add(key(random));
        }
        List<String> all = List.copyOf(keys);
        all.forEach(k -> {
          w.put(k);
          w.manifest(k);
          w.stream(k);
          w.upload(k);
        });
        w.write(Op.TOUCH, "anvil/group:g#member@anvil/app:anvanna");
        Set<String> tuples = new LinkedHashSet<>();
        int many = random.nextInt(12);
        for (int i = 0; i < many; i++) {
          tuples.add(tuple(random, all));
        }
        if (!tuples.isEmpty()) {
          w.write(Op.TOUCH, tuples.toArray(String[]::new));
        }
        List<String> expected = all.stream().filter(k -> w.sees(ANNA, k)).toList();
        String what = "seed " + seed + " " + tuples;
        int limit = 1 + random.nextInt(7);
        assertThat(objects(w, ANNA, "", limit)).as(what).isEqualTo(expected);
        assertThat(objects(w, ANNA, "a/", limit))
            .as(what)
            .isEqualTo(expected.stream().filter(k -> k.startsWith("a/")).toList());
        assertThat(versions(w, ANNA, limit)).as(what).isEqualTo(expected);
        assertThat(manifests(w, ANNA, limit)).as(what).isEqualTo(expected);
        assertThat(streams(w, ANNA, limit)).as(what).isEqualTo(expected);
        assertThat(uploads(w, ANNA, limit)).as(what).isEqualTo(expected);
        assertThat(folders(w, ANNA, limit))
            .as(what)
            .isEqualTo(
                expected.stream()
                    .map(k -> k.contains("/") ? k.substring(0, k.indexOf('/') + 1) : k)
                    .distinct()
                    .sorted(BYTES)
                    .toList());
      }
    }
  }

  @Test
  void listsAreWhatChecksSay() {
    rounds(60, null);
  }

  @Test
  void listsAreWhatChecksSayWhereFoldersInheritDifferently() {
    rounds(
        20,
        """
        definition anvil/object {
          permission see = reader + owner - banned
        }
        """);
  }

  private static long reads(GovernedWorld w, Call call, int limit) {
    long before = w.counted.reads();
    ListObjects.Result r =
        new ListObjects(w.services)
            .execute(call, new ListObjects.Command(DOCS, null, null, null, limit, null));
    assertThat(r.objects()).hasSize(Math.min(limit, 3));
    return w.counted.reads() - before;
  }

  private static GovernedWorld mostHidden(int hidden, String... tuples) {
    GovernedWorld w = GovernedWorld.start();
    w.put(
        IntStream.range(0, hidden)
            .mapToObj(i -> "f%d/g%d/k%05d".formatted(i % 7, i % 97, i))
            .toArray(String[]::new));
    w.put("f3/mine/1", "f3/mine/2", "z");
    w.write(Op.TOUCH, tuples);
    return w;
  }

  @Test
  void pagesCostTheSameHoweverMuchIsHidden() {
    String[] grants = {
      "anvil/folder:docs/f3/mine/#reader@anvil/app:anvanna",
      "anvil/object:docs/z#reader@anvil/app:anvanna",
    };
    String[] bans =
        Stream.concat(
                Stream.of("anvil/bucket:docs#lister@anvil/app:anvanna"),
                IntStream.range(0, 7)
                    .mapToObj(i -> "anvil/folder:docs/f%d/#banned@anvil/app:anvanna".formatted(i)))
            .toArray(String[]::new);
    String[] both =
        Stream.concat(
                Stream.of(bans), Stream.of("anvil/folder:docs/f3/mine/#reader@anvil/app:anvanna"))
            .toArray(String[]::new);
    for (String[] tuples : List.of(grants, both)) {
      try (GovernedWorld few = mostHidden(100, tuples);
          GovernedWorld many = mostHidden(800, tuples)) {
        long cost = reads(few, ANNA, 100);
        assertThat(reads(many, ANNA, 100)).isEqualTo(cost).isLessThan(1_000);
        assertThat(reads(few, OWNER, 2)).isPositive();
      }
    }
  }

  @Test
  void aPageOfAPersonWithManyGrantsReadsNoMoreThanItShows() {
    try (GovernedWorld few = granted(100);
        GovernedWorld many = granted(800)) {
      long cost = reads(few, ANNA, 3);
      assertThat(reads(many, ANNA, 3)).isEqualTo(cost);
    }
  }

  private static GovernedWorld granted(int count) {
    GovernedWorld w = GovernedWorld.start();
    List<String> keys = IntStream.range(0, count).mapToObj(i -> "k%05d".formatted(i)).toList();
    w.put(keys.toArray(String[]::new));
    w.write(
        Op.TOUCH,
        keys.stream()
            .map(k -> "anvil/object:docs/" + k + "#reader@anvil/app:anvanna")
            .toArray(String[]::new));
    return w;
  }

  @Test
  @Tag("slow")
  void listsAreWhatChecksSayForManyWorlds() {
    rounds(3_000, null);
  }
}
