package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.NotFound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random puts, deletes, reads and lists against a model, through restarts, crashes and sweeps. The
 * seed is printed; {@code -Danvil.seed=} repeats a run.
 */
class ObjectsModelTest {
  private static final String[] KEYS = {
    "a", "a/", "a/b", "a/c", "a0", "ab", "b", "b/x/1", "b/x/2", "b/y", "c\u0000", "c\u0000d", "z"
  };
  private static final int STEPS = 1_500;

  private final long seed = Long.getLong("anvil.seed", 20_260_101L);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final VersionModel model = new VersionModel();
  private final Set<String> everGiven = new HashSet<>();
  private ObjectsNode node;

  @ParameterizedTest
  @EnumSource(Versioning.class)
  void agreesWithTheModel(Versioning versioning) {
    run(versioning, false);
  }

  @Test
  void agreesWhileVersioningChanges() {
    run(Versioning.UNVERSIONED, true);
  }

  private void run(Versioning versioning, boolean changing) {
    try (ObjectsNode n = new ObjectsNode(2)) {
      node = n;
      n.createBucket(DOCS, versioning);
      model.versioning = versioning;
      for (int i = 0; i < STEPS; i++) {
        if (changing && i % 200 == 100) {
          model.versioning =
              model.versioning == Versioning.ENABLED ? Versioning.SUSPENDED : Versioning.ENABLED;
          n.versioning(DOCS, model.versioning);
        }
        step();
      }
      checkAll();
      removeAll();
      n.sweep();
      assertThat(n.bodies.stats().liveBytes()).isZero();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private void step() {
    String key = KEYS[random.nextInt(KEYS.length)];
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> put(key);
      case 6, 7, 8 -> delete(key);
      case 9, 10, 11 -> remove(key);
      case 12, 13 -> checkKey(key);
      case 14, 15 -> checkList();
      case 16, 17 -> checkVersions();
      case 18 -> node.sweep();
      default -> {
        if (random.nextInt(4) == 0) {
          node.crash();
        } else if (random.nextInt(4) == 0) {
          node.restart();
        }
      }
    }
  }

  private void put(String key) {
    int size = random.nextInt(3) == 0 ? 1_000 + random.nextInt(40_000) : random.nextInt(300);
    byte[] content = ObjectsNode.random(size, random.nextLong());
    Receipt r = node.execute(ObjectsNode.put(key, content));
    assertThat(everGiven.add(r.version())).as("version ids are unique").isTrue();
    model.put(key, r.version(), content);
  }

  private void delete(String key) {
    Receipt r = node.delete(key, null);
    assertThat(r != null).isEqualTo(model.deleteDoes(key));
    if (r != null) {
      model.delete(key, r.version());
    }
  }

  private void remove(String key) {
    List<VersionModel.State> all = model.all(key);
    String version =
        all.isEmpty() || random.nextInt(4) == 0 ? "null" : all.get(random.nextInt(all.size())).id();
    VersionModel.State state = model.find(key, version);
    Receipt r = node.delete(key, version);
    assertThat(r != null).isEqualTo(state != null);
    if (state != null) {
      assertThat(r.version()).isEqualTo(state.id());
      assertThat(r.deleteMarker()).isEqualTo(state.marker());
      model.remove(state);
    }
  }

  private void checkKey(String key) {
    VersionModel.State live = model.live(key);
    if (live == null) {
      assertThatThrownBy(() -> node.get(key, null)).isInstanceOf(NotFound.class);
    } else {
      assertThat(node.get(key, null)).isEqualTo(live.content());
    }
    for (VersionModel.State s : model.all(key)) {
      if (!s.marker()) {
        assertThat(node.get(key, s.id())).isEqualTo(s.content());
      }
    }
    assertThat(node.info().contents()).isEqualTo(model.counters());
  }

  private void checkList() {
    String prefix =
        random.nextBoolean() ? "" : List.of("a", "a/", "b/", "c").get(random.nextInt(4));
    String delimiter = List.of("", "/", "/x/").get(random.nextInt(3));
    int limit = 1 + random.nextInt(5);
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      ListObjects.Result page = node.list(prefix, delimiter, null, limit, token);
      List<String> names = new ArrayList<>(page.commonPrefixes());
      page.objects().forEach(o -> names.add(o.key()));
      names.sort(null);
      assertThat(names).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(names);
      token = page.nextPageToken();
    } while (token != null);
    assertThat(seen).isEqualTo(model.listed(prefix, delimiter));
  }

  private void checkVersions() {
    String prefix =
        random.nextBoolean() ? "" : List.of("a", "a/", "b/", "c").get(random.nextInt(4));
    String delimiter = random.nextBoolean() ? "" : "/";
    int limit = 1 + random.nextInt(5);
    List<String> seen = new ArrayList<>();
    Set<String> rolled = new HashSet<>();
    String token = null;
    do {
      ListVersions.Result page = node.versions(prefix, delimiter, limit, token);
      page.versions().forEach(v -> seen.add(v.key() + " " + v.version() + " " + v.current()));
      rolled.addAll(page.commonPrefixes());
      assertThat(page.versions().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(limit);
      token = page.nextPageToken();
    } while (token != null);
    List<String> expected = new ArrayList<>();
    Set<String> expectedRolled = new HashSet<>();
    for (VersionModel.State s : model.everything(prefix)) {
      String shown = VersionModel.rolledUp(s.key(), prefix, delimiter);
      if (shown.equals(s.key())
          && !(!delimiter.isEmpty()
              && shown.endsWith(delimiter)
              && shown.length() > prefix.length())) {
        boolean current = model.all(s.key()).getFirst() == s;
        expected.add(s.key() + " " + s.id() + " " + current);
      } else {
        expectedRolled.add(shown);
      }
    }
    assertThat(seen).isEqualTo(expected);
    assertThat(rolled).isEqualTo(expectedRolled);
  }

  private void checkAll() {
    for (String key : KEYS) {
      checkKey(key);
    }
    for (int i = 0; i < 20; i++) {
      checkList();
      checkVersions();
    }
  }

  private void removeAll() {
    for (VersionModel.State s : model.everything("")) {
      assertThat(node.delete(s.key(), s.id())).isNotNull();
    }
    assertThat(node.info().contents()).isEqualTo(BucketCounters.ZERO);
    assertThat(node.versions("", "", 10, null).versions()).isEmpty();
  }
}
