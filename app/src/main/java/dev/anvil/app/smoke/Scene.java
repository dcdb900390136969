package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.util.ArrayList;
import java.util.List;

/** Callers, throw-away tenants and a bucket; what it makes it removes. */
final class Scene implements AutoCloseable {
  private static final String TENANTS = "/v1/admin/tenants";

  private final SmokeTarget target;
  private final String stem;
  private final Wire admin;
  private final List<String> tenants = new ArrayList<>();
  private Application everything;
  private Wire native1;
  private S3Wire s3;

  /**
   * A scene.
   *
   * @param stem begins every name, so that two runs do not meet
   */
  Scene(SmokeTarget target, String stem) {
    this.target = target;
    this.stem = stem;
    this.admin = new Wire(target.management(), "Bearer " + target.adminCredential());
  }

  SmokeTarget target() {
    return target;
  }

  Wire admin() {
    return admin;
  }

  /** A name that no other run uses. */
  String name(String end) {
    return stem + "-" + end;
  }

  /** Creates a tenant that is removed at the end. */
  Wire.Answer tenant(String name) {
    Wire.Answer answer = admin.json("POST", TENANTS, Wire.object().put("name", name));
    if (answer.status() == 201) {
      tenants.add(name);
    }
    return answer;
  }

  Application application(String tenant, String name, String... grants) {
    JsonNode made = applicationAnswer(tenant, name, grants).must(201).json();
    return new Application(
        target.api(),
        tenant,
        made.path("clientId").asText(),
        made.path("clientSecret").asText(),
        target.region());
  }

  Wire.Answer applicationAnswer(String tenant, String name, String... grants) {
    ObjectNode body = Wire.object().put("name", name);
    List.of(grants).forEach(body.putArray("grants")::add);
    return admin.json("POST", TENANTS + "/" + Paths.value(tenant) + "/applications", body);
  }

  /** The application that may do everything in the first tenant. */
  Application everything() {
    if (everything == null) {
      String tenant = name("one");
      tenant(tenant).must(201);
      everything = application(tenant, "everything", "*|*");
    }
    return everything;
  }

  Wire api() {
    if (native1 == null) {
      native1 = everything().login();
    }
    return native1;
  }

  S3Wire s3() {
    if (s3 == null) {
      s3 = everything().s3();
    }
    return s3;
  }

  /** Creates a bucket of the first tenant. */
  String bucket(String end) {
    String bucket = name(end);
    Wire.Answer made = api().json("PUT", "/v1/buckets/" + bucket, Wire.object());
    Unmet.require(made.status() / 100 == 2, "bucket " + bucket + ": " + made.text());
    return bucket;
  }

  static String objects(String bucket) {
    return "/v1/buckets/" + bucket + "/objects";
  }

  static String object(String bucket, String key) {
    return objects(bucket) + "/" + Paths.key(key);
  }

  /** A value of the metrics page, summed over its labels. */
  double metric(String name) {
    double sum = 0;
    for (String line : admin.send("GET", "/metrics").must(200).text().split("\n")) {
      if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  /** Removes the tenants; what could not be removed is named. */
  List<String> remove() {
    List<String> left = new ArrayList<>();
    for (String tenant : tenants) {
      int status = admin.send("DELETE", TENANTS + "/" + Paths.value(tenant)).status();
      if (status / 100 != 2) {
        left.add(tenant);
      }
    }
    return left;
  }

  @Override
  public void close() {
    admin.close();
    if (native1 != null) {
      native1.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }
}
