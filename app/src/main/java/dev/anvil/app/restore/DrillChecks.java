package dev.anvil.app.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.app.restore.Drill.Outcome;
import dev.anvil.app.restore.Drill.Point;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ten points, on samples of every tenant's buckets. */
final class DrillChecks {
  private static final int BUCKETS = 20;
  private static final int OBJECTS = 50;
  private static final long COUNTED = 100_000;

  private final URI publicUrl;
  private final URI management;
  private final String credential;
  private final List<Sample> samples = new ArrayList<>();
  private final List<DrillClient> owners = new ArrayList<>();
  private int tenants;

  DrillChecks(URI publicUrl, URI management, String credential) {
    this.publicUrl = publicUrl;
    this.management = management;
    this.credential = credential;
  }

  /** A bucket, who may do everything there, and who may do nothing. */
  private record Sample(DrillClient all, DrillClient none, String bucket, List<JsonNode> objects) {}

  List<Point> all() {
    List<DrillClient> clients = new ArrayList<>();
    try (AnvilHttp admin = new AnvilHttp(management, () -> "Bearer " + credential)) {
      List<Point> points = new ArrayList<>();
      Point login = point(10, "clients authenticate", () -> sample(admin, clients));
      points.add(point(1, "reads by key and by version", this::reads));
      points.add(point(2, "checksums", this::checksums));
      points.add(point(3, "counts of buckets", this::counts));
      points.add(later(4, "metadata filters", this::index));
      points.add(later(5, "indexes valid or rebuilt", this::index));
      points.add(point(6, "authorisation decides as before", this::decisions));
      points.add(point(7, "the reserved namespace is shut", this::reserved));
      points.add(point(8, "watches resume without loss", this::watches));
      points.add(
          later(9, "PersonalDB heads match certificates", s -> "/v1/personaldb/groups/drill"));
      points.add(login);
      return points;
    } finally {
      clients.forEach(DrillClient::close);
    }
  }

  private static Point absent(int number, String what, String why) {
    return new Point(number, what, why, Outcome.NOTHING);
  }

  private String index(Sample s) {
    return DrillClient.bucket(s.bucket()) + "/indexes/drill";
  }

  /** Fails on the day that the server has the capability and this drill proves nothing of it. */
  private Point later(int number, String what, Function<Sample, String> path) {
    if (samples.isEmpty()) {
      return absent(number, what, "the snapshot holds nothing to prove it on");
    }
    Sample s = samples.getFirst();
    try {
      s.all().http().json("PUT", path.apply(s), JsonNodeFactory.instance.objectNode());
    } catch (ClientException e) {
      if (e.getMessage().startsWith("NotImplemented:")) {
        return new Point(number, what, "this version lacks it", Outcome.NOT_BUILT);
      }
    }
    return new Point(
        number, what, "the server has it, and this drill knows no proof of it", Outcome.FAIL);
  }

  /** A check that says on what it was proved; null when there was nothing to prove it on. */
  private static Point point(int number, String what, Supplier<String> check) {
    try {
      String detail = check.get();
      return detail == null
          ? absent(number, what, "the snapshot holds nothing to prove it on")
          : new Point(number, what, detail, Outcome.PASS);
    } catch (ClientException | IllegalStateException e) {
      return new Point(number, what, e.getMessage(), Outcome.FAIL);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private String sample(AnvilHttp admin, List<DrillClient> clients) {
    String name = "drill-" + Long.toString(System.currentTimeMillis(), 36);
    for (JsonNode tenant : admin.json("GET", "/v1/admin/tenants", null).path("tenants")) {
      if (tenant.path("suspended").asBoolean()) {
        continue;
      }
      String t = tenant.path("name").asText();
      DrillClient all = DrillClient.of(admin, publicUrl, t, name, "*|*");
      clients.add(all);
      owners.add(all);
      DrillClient none =
          DrillClient.of(admin, publicUrl, t, name + "-none", "object:read|bucket:nothing-here");
      clients.add(none);
      tenants++;
      for (String bucket : all.buckets()) {
        if (samples.size() < BUCKETS) {
          List<JsonNode> objects = new ArrayList<>();
          all.list(bucket, OBJECTS).path("objects").forEach(objects::add);
          samples.add(new Sample(all, none, bucket, objects));
        }
      }
    }
    return tenants == 0 ? null : "a new application of each of " + tenants + " tenants";
  }

  private long objects() {
    return samples.stream().mapToLong(s -> s.objects().size()).sum();
  }

  private String reads() {
    for (Sample s : samples) {
      for (JsonNode o : s.objects()) {
        String path = DrillClient.object(s.bucket(), o.path("key").asText());
        String version = path + "?version=" + Paths.value(o.path("version").asText());
        require(
            s.all().sha256(path).equals(s.all().sha256(version)),
            path + " differs by key and by version");
      }
    }
    return objects() == 0 ? null : objects() + " objects of " + samples.size() + " buckets";
  }

  private String checksums() {
    long proved = 0;
    for (Sample s : samples) {
      for (JsonNode o : s.objects()) {
        String path = DrillClient.object(s.bucket(), o.path("key").asText());
        JsonNode described = s.all().http().json("GET", path + "?metadata", null);
        if (described.hasNonNull("sha256")) {
          String actual = s.all().sha256(path);
          require(
              actual.equals(described.path("sha256").asText()),
              path + " has SHA-256 " + actual + ", recorded is " + described.path("sha256"));
          proved++;
        }
      }
    }
    return proved == 0 ? null : proved + " objects against their recorded SHA-256";
  }

  private String counts() {
    long proved = 0;
    for (Sample s : samples) {
      long recorded =
          s.all()
              .http()
              .json("GET", DrillClient.bucket(s.bucket()), null)
              .path("contents")
              .path("objects")
              .asLong();
      if (recorded <= COUNTED) {
        long counted = s.all().count(s.bucket(), COUNTED + 1);
        require(
            counted == recorded,
            "bucket " + s.bucket() + " lists " + counted + " keys, recorded are " + recorded);
        proved++;
      }
    }
    return proved == 0 ? null : proved + " buckets listed and counted";
  }

  private String decisions() {
    for (Sample s : samples) {
      String path = DrillClient.bucket(s.bucket());
      require(
          s.none().refused(path, "PermissionDenied"),
          "an application without a grant is not refused at " + path);
    }
    int tuples = 0;
    for (DrillClient all : owners) {
      tuples += DrillDecisions.relationships(all.http());
    }
    int open = 0;
    for (Sample s : samples) {
      Boolean everybody = DrillDecisions.open(s.all().http(), publicUrl, s.bucket(), s.objects());
      open += Boolean.TRUE.equals(everybody) ? 1 : 0;
    }
    return samples.isEmpty() && tuples == 0
        ? null
        : samples.size()
            + " buckets, with and without a grant; "
            + tuples
            + " relationships; "
            + open
            + " buckets open to everybody";
  }

  private String reserved() {
    for (Sample s : samples) {
      for (String key : List.of("_anvil/x", "_anvil")) {
        String path = DrillClient.object(s.bucket(), key);
        require(s.all().refused(path, "UnauthorizedReservedNamespace"), path + " is not refused");
      }
    }
    return samples.isEmpty() ? null : samples.size() + " buckets";
  }

  private String watches() {
    for (Sample s : samples) {
      String after = s.all().list(s.bucket(), 1).path("cursor").asText();
      String key = "drill/" + System.nanoTime();
      String path = DrillClient.object(s.bucket(), key);
      s.all().http().upload(path, Content.of("drill"), Map.of());
      s.all().http().json("DELETE", path, null);
      JsonNode events =
          s.all()
              .http()
              .json(
                  "GET",
                  DrillClient.bucket(s.bucket())
                      + "/watch?limit=10&wait=5&kinds=object.*&after="
                      + Paths.value(after),
                  null)
              .path("events");
      List<String> seen = new ArrayList<>();
      events.forEach(e -> seen.add(e.path("kind").asText() + " " + e.path("key").asText()));
      require(
          seen.equals(List.of("object.put " + key, "object.delete " + key)),
          "a watch of " + s.bucket() + " after its list saw " + seen);
    }
    return samples.isEmpty() ? null : samples.size() + " buckets, resumed after their lists";
  }
}
