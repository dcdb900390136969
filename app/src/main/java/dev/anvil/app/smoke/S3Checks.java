package dev.anvil.app.smoke;

import dev.anvil.client.http.Paths;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Checks 4, 5 and 6: the S3 API by requests signed by hand. */
final class S3Checks {
  private static final List<String> AWKWARD =
      List.of("a space", "plus+plus", "per%25cent", "unicode-\u00e4\u4e2d", "double//slash");
  private static final int STREAM_BYTES = 20_000;

  private S3Checks() {}

  static Verdict buckets(Scene scene) {
    S3Wire s3 = scene.s3();
    String bucket = "/" + scene.name("s3-life");
    s3.send("PUT", bucket).must(200);
    s3.send("HEAD", bucket).must(200);
    Unmet.require(
        s3.send("GET", "/").must(200).text().contains(bucket.substring(1)),
        "the list of buckets misses the new one");
    s3.send("PUT", bucket + "/k", "", new byte[] {1}, Map.of()).must(200);
    s3.send("DELETE", bucket).refused(409, "BucketNotEmpty");
    s3.send("DELETE", bucket + "/k").must(204);
    s3.send("DELETE", bucket).must(204);
    s3.send("HEAD", bucket).must(404);
    Unmet.require(
        !s3.send("GET", "/").must(200).text().contains(bucket.substring(1)),
        "the list of buckets still shows the deleted one");
    return new Verdict.Pass("created, listed, refused while not empty, deleted, gone");
  }

  static Verdict objects(Scene scene) {
    S3Wire s3 = scene.s3();
    String bucket = "/" + scene.bucket("s3-objects");
    byte[] body = "hello, world".getBytes(StandardCharsets.UTF_8);
    for (String key : AWKWARD) {
      roundTrip(s3, bucket + "/" + Paths.key(key), body);
    }
    for (String key : List.of("dir/a", "dir/b", "top")) {
      s3.send("PUT", bucket + "/" + key, "", body, Map.of()).must(200);
    }
    String page =
        s3.send("GET", bucket, "delimiter=%2F&list-type=2&prefix=d", new byte[0], Map.of())
            .must(200)
            .text();
    Unmet.require(
        page.contains("<Prefix>dir/</Prefix>") && !page.contains("<Key>dir/a</Key>"),
        "a list with a delimiter does not roll up");
    s3.send("DELETE", bucket + "/top").must(204);
    s3.send("GET", bucket + "/top").refused(404, "NoSuchKey");
    s3.send("GET", bucket + "/dir/a", "", new byte[0], Map.of("if-none-match", "*")).must(304);
    return new Verdict.Pass(
        AWKWARD.size() + " awkward keys came back whole; ranges, lists, deletes hold");
  }

  private static void roundTrip(S3Wire s3, String path, byte[] body) {
    Map<String, String> headers =
        Map.of("content-type", "text/x-smoke", "x-amz-meta-colour", "green");
    s3.send("PUT", path, "", body, headers).must(200);
    for (String method : List.of("GET", "HEAD")) {
      Wire.Answer answer = s3.send(method, path).must(200);
      same(path, "ETag", answer.header("ETag"), '"' + md5(body) + '"');
      same(path, "Content-Type", answer.header("Content-Type"), "text/x-smoke");
      same(path, "metadata", answer.header("x-amz-meta-colour"), "green");
      same(path, "length", answer.header("Content-Length"), "" + body.length);
      Unmet.require(!answer.header("Last-Modified").isEmpty(), path + " has no Last-Modified");
      if (method.equals("GET")) {
        Unmet.require(Arrays.equals(answer.bytes(), body), path + " came back changed");
      }
    }
    Wire.Answer part = s3.send("GET", path, "", new byte[0], Map.of("range", "bytes=7-11"));
    same(path, "range", part.must(206).text(), "world");
  }

  private static void same(String path, String what, String found, String expected) {
    Unmet.require(
        found.equals(expected), path + ": " + what + " is " + found + ", not " + expected);
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  static Verdict streams(Scene scene) {
    S3Wire s3 = scene.s3();
    String bucket = scene.bucket("s3-streams");
    Application app = scene.everything();
    String content = "0123456789".repeat(STREAM_BYTES / 10);
    int refused = 0;
    for (String mode : SignedStream.MODES) {
      SignedStream stream =
          new SignedStream(
              scene.target().api(),
              new SignedStream.Signer(app.clientId(), app.clientSecret(), app.region()),
              content,
              mode);
      for (SignedStream.Damage damage : SignedStream.Damage.values()) {
        if (!damage.possibleIn(mode)) {
          continue;
        }
        String key = mode.toLowerCase(java.util.Locale.ROOT) + "-" + damage.name();
        int status = stream.send(bucket, key, damage);
        Wire.Answer found = s3.send("GET", "/" + bucket + "/" + key);
        if (damage == SignedStream.Damage.NONE) {
          Unmet.require(status == 200, mode + " answered " + status);
          Unmet.require(found.must(200).text().equals(content), mode + " came back changed");
        } else {
          Unmet.require(status / 100 == 4, mode + " with " + damage + " answered " + status);
          found.must(404);
          refused++;
        }
      }
    }
    return new Verdict.Pass(
        SignedStream.MODES.size()
            + " kinds of stream kept, "
            + refused
            + " damaged ones refused"
            + " without a trace");
  }
}
