package dev.anvil.app.smoke;

import java.util.List;
import java.util.Map;

/** Check 7: the namespace of the server is shut. */
final class ReservedCheck {
  private static final String CODE = "UnauthorizedReservedNamespace";
  private static final List<String> SPELLINGS =
      List.of("_anvil/state", "_anvil", "%5Fanvil/state", "_anvil%2Fstate", "%5f%61nvil%2fstate");

  private ReservedCheck() {}

  static Verdict run(Scene scene) {
    String bucket = scene.bucket("reserved");
    Wire api = scene.api();
    double before = scene.metric("anvil_reserved_namespace_refused_total");
    int shut = 0;
    for (String spelling : SPELLINGS) {
      for (String method : List.of("GET", "PUT", "DELETE")) {
        byte[] body = method.equals("PUT") ? new byte[] {1} : null;
        api.send(method, Scene.objects(bucket) + "/" + spelling, body, Map.of()).refused(403, CODE);
        shut++;
      }
    }
    api.send("GET", Scene.objects(bucket) + "?prefix=_anvil/").refused(403, CODE);
    api.send("GET", "/v1/buckets/" + bucket + "/manifests/_anvil/m").refused(403, CODE);
    S3Wire s3 = scene.s3();
    String path = "/" + bucket + "/_anvil/state";
    s3.send("GET", path).refused(403, CODE);
    s3.send("PUT", path, "", new byte[] {1}, Map.of()).refused(403, CODE);
    s3.send("DELETE", path).refused(403, CODE);
    s3.send("POST", path, "uploads=", new byte[0], Map.of()).refused(403, CODE);
    s3.send("PUT", "/" + bucket + "/x", "", new byte[0], Map.of("x-amz-copy-source", path))
        .refused(403, CODE);
    shut += 7;
    double after = scene.metric("anvil_reserved_namespace_refused_total");
    Unmet.require(after >= before + shut, "the refusals were not counted");
    api.send("PUT", Scene.object(bucket, "x/_anvil/y"), new byte[] {1}, Map.of()).must(200);
    return new Verdict.Pass(shut + " ways in are shut and counted; x/_anvil/y is ordinary");
  }
}
