package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Check 8: the native object API, and the same objects through S3. */
final class ObjectCheck {
  private ObjectCheck() {}

  static Verdict run(Scene scene) {
    String bucket = scene.name("objects");
    Wire api = scene.api();
    Wire.Answer created =
        api.json("PUT", "/v1/buckets/" + bucket, Wire.object().put("versioning", "enabled"));
    Unmet.require(created.status() / 100 == 2, "the bucket: " + created.text());
    String key = Scene.object(bucket, "k");
    byte[] first = "first".getBytes(StandardCharsets.UTF_8);
    Map<String, String> attempt = Map.of("Idempotency-Key", "smoke-1");
    JsonNode receipt = api.send("PUT", key, first, attempt).must(200).json();
    String hash = HexFormat.of().formatHex(S3Wire.sha256(first));
    Unmet.require(
        receipt.toString().contains(hash), "the receipt does not bear the hash of the bytes");
    JsonNode again = api.send("PUT", key, first, attempt).must(200).json();
    Unmet.require(
        again.path("version").equals(receipt.path("version")),
        "a repeated put was done twice: " + receipt.path("version") + ", " + again.path("version"));
    api.send("PUT", key, first, Map.of("If-None-Match", "*")).must(412);
    api.send("PUT", key, first, Map.of("If-Match", "\"other\"")).must(412);
    String tag = api.send("HEAD", key).must(200).header("ETag");
    byte[] second = "second".getBytes(StandardCharsets.UTF_8);
    api.send("PUT", key, second, Map.of("If-Match", tag)).must(200);
    Unmet.require(
        Arrays.equals(api.send("GET", key).must(200).bytes(), second), "a get shows old bytes");
    String old = api.send("GET", key + "?version=" + receipt.path("version").asText()).text();
    Unmet.require(old.equals("first"), "the version before is not there");
    String versions = api.send("GET", "/v1/buckets/" + bucket + "/versions").must(200).text();
    Unmet.require(
        versions.contains(receipt.path("version").asText()), "the list of versions misses one");
    Unmet.require(
        api.send("GET", Scene.objects(bucket)).must(200).text().contains("\"k\""),
        "the list misses the key");
    S3Wire s3 = scene.s3();
    Unmet.require(
        s3.send("GET", "/" + bucket + "/k").must(200).text().equals("second"),
        "S3 does not read what the native API wrote");
    s3.send("PUT", "/" + bucket + "/s3", "", first, Map.of("x-amz-meta-a", "b")).must(200);
    Wire.Answer read = api.send("GET", Scene.object(bucket, "s3")).must(200);
    Unmet.require(
        Arrays.equals(read.bytes(), first) && read.header("Anvil-Meta-a").equals("b"),
        "the native API does not read what S3 wrote");
    api.send("DELETE", key).must(200);
    api.send("GET", key).must(404);
    return new Verdict.Pass(
        "conditions, repeated attempts, versions and receipts hold; both APIs see one object");
  }
}
