package dev.anvil.bench.authz;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The data shape that peers were measured on, from a fixed seed: users, groups nested up to 6 deep,
 * folders 5 deep, documents with owner, editor, viewer and parent, an exclusion, an intersection
 * and a condition. At scale 1 it has 10,000 users, 1,000 groups, 200 folders and 100,000 documents,
 * and 535,536 tuples.
 */
public final class PeerShape {
  /** Visible documents of the users that lists are measured with. */
  public static final int[] LISTS = {10, 1_000, 50_000};

  /** Viewers of the document whose subjects are listed. */
  public static final int SUBJECTS = 5_000;

  /** Its schema, in the language of SpiceDB and ours. */
  public static final String SCHEMA =
      """
      definition user {}
      definition group {
        relation member: user | group#member
      }
      definition folder {
        relation parent: folder
        relation viewer: user | group#member
        permission view = viewer + parent->view
      }
      caveat within(hour int) {
        hour >= 9 && hour < 17
      }
      definition document {
        relation parent: folder
        relation owner: user
        relation editor: user | group#member
        relation viewer: user | user with within | group#member
        relation banned: user
        relation cleared: user
        permission edit = owner + editor
        permission view = (viewer + edit + parent->view) - banned
        permission secret = view & cleared
      }
      """;

  private static final long SEED = 535_536;
  private static final int LEVELS = 6;
  private static final int FOLDER_LEVELS = 5;

  /** How many users are members of groups and own documents. */
  public final int users;

  /** How many groups; the first of each six holds the others, one in the next. */
  public final int groups;

  /** How many folders. */
  public final int folders;

  /** How many documents. */
  public final int documents;

  /** How many tuples, those for lists not counted. */
  public final int tuples;

  /** The shape with this share of the peers' data. */
  public PeerShape(double scale) {
    users = (int) (10_000 * scale);
    groups = (int) (1_000 * scale);
    folders = (int) (200 * scale);
    documents = (int) (100_000 * scale);
    tuples = (int) (535_536 * scale);
  }

  /**
   * What lists are measured on, besides: {@code user:list<n>} views n documents, half of them
   * through a group, and {@code document:shared} has its viewers in five groups.
   */
  public void eachOfLists(Consumer<String> take) {
    for (int n : LISTS) {
      take.accept("group:list" + n + "#member@user:list" + n);
      for (int d = 0; d < n; d++) {
        String who = d % 2 == 0 ? "user:list" + n : "group:list" + n + "#member";
        take.accept("document:l%d-%05d#viewer@%s".formatted(n, d, who));
      }
    }
    for (int s = 0; s < SUBJECTS; s++) {
      take.accept("group:shared%d#member@user:s%d".formatted(s % 5, s));
    }
    for (int g = 0; g < 5; g++) {
      take.accept("document:shared#viewer@group:shared" + g + "#member");
    }
  }

  /** Every tuple once, the same for the same shape. */
  public void each(Consumer<String> take) {
    SplittableRandom random = new SplittableRandom(SEED);
    int made = 0;
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < 20; i++, made++) {
        take.accept("group:" + g + "#member@user:" + ((g * 31 + i * 977) % users));
      }
      if (g % LEVELS != 0) {
        take.accept("group:" + (g - 1) + "#member@group:" + g + "#member");
        made++;
      }
    }
    for (int f = 0; f < folders; f++, made++) {
      take.accept("folder:" + f + "#viewer@group:" + random.nextInt(groups) + "#member");
      if (f % FOLDER_LEVELS != 0) {
        take.accept("folder:" + f + "#parent@folder:" + (f - 1));
        made++;
      }
    }
    for (int d = 0; d < documents; d++, made += 4) {
      String document = "document:" + d;
      take.accept(document + "#owner@user:" + random.nextInt(users));
      take.accept(document + "#parent@folder:" + d % folders);
      take.accept(document + "#editor@group:" + random.nextInt(groups) + "#member");
      take.accept(document + "#viewer@user:" + (users + d));
    }
    for (int i = 0; made < tuples; i++, made++) {
      String document = "document:" + i % documents;
      take.accept(
          switch (i / documents) {
            case 0 ->
                document
                    + (i % 2 == 0 ? "#banned@user:" : "#cleared@user:")
                    + random.nextInt(users);
            default -> document + "#viewer@" + conditioned(i % documents) + "[within]";
          });
    }
  }

  /** The subject that views the document under the condition, if there are tuples left for it. */
  public String conditioned(int document) {
    return "user:x" + document % users;
  }
}
