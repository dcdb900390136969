package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tags of versions and buckets: each version has its own, copies take or replace them. */
@Tag("fast")
final class TagsTest {
  private GatewayWorld world;
  private S3Client s3;

  @BeforeEach
  void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    String on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    s3.send("PUT", "/docs?versioning", on);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static String tags(String... namesAndValues) {
    StringBuilder xml = new StringBuilder("<Tagging><TagSet>");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.append("<Tag><Key>").append(namesAndValues[i]).append("</Key><Value>");
      xml.append(namesAndValues[i + 1]).append("</Value></Tag>");
    }
    return xml + "</TagSet></Tagging>";
  }

  @Test
  void everyVersionHasItsOwn() {
    String first =
        s3.send("PUT", "/docs/k", "1", "x-amz-tagging", "v=1").header("x-amz-version-id");
    String second = s3.send("PUT", "/docs/k", "2").header("x-amz-version-id");
    S3Client.Answer put = s3.send("PUT", "/docs/k?tagging&versionId=" + first, tags("v", "one"));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("x-amz-version-id")).isEqualTo(first);
    assertThat(s3.send("GET", "/docs/k?tagging").text()).contains("<TagSet></TagSet>");
    assertThat(s3.send("GET", "/docs/k?tagging&versionId=" + first).element("Value"))
        .isEqualTo("one");
    s3.send("PUT", "/docs/k?tagging", tags("v", "two", "w", ""));
    assertThat(s3.send("HEAD", "/docs/k").header("x-amz-tagging-count")).isEqualTo("2");
    assertThat(s3.send("DELETE", "/docs/k?tagging&versionId=" + second).status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/docs/k").header("x-amz-tagging-count")).isNull();
    assertThat(s3.send("GET", "/docs/k?tagging&versionId=" + first).element("Value"))
        .isEqualTo("one");
    String marker = s3.send("DELETE", "/docs/k").header("x-amz-version-id");
    assertThat(s3.send("GET", "/docs/k?tagging").code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("PUT", "/docs/k?tagging&versionId=" + marker, tags("a", "b")).code())
        .isEqualTo("MethodNotAllowed");
  }

  @Test
  void copiesTakeOrReplaceThem() {
    s3.send("PUT", "/docs/k", "1", "x-amz-tagging", "a=1&b=2");
    s3.send("PUT", "/docs/taken", "", "x-amz-copy-source", "docs/k", "x-amz-tagging", "c=3");
    assertThat(s3.send("GET", "/docs/taken?tagging").elements("Key")).containsExactly("a", "b");
    s3.send(
        "PUT",
        "/docs/replaced",
        "",
        "x-amz-copy-source",
        "docs/k",
        "x-amz-tagging",
        "c=3",
        "x-amz-tagging-directive",
        "REPLACE");
    assertThat(s3.send("GET", "/docs/replaced?tagging").elements("Key")).containsExactly("c");
    String wrong = "x-amz-tagging-directive";
    assertThat(s3.send("PUT", "/docs/x", "", "x-amz-copy-source", "docs/k", wrong, "KEEP").code())
        .isEqualTo("InvalidArgument");
    String id = s3.send("POST", "/docs/up?uploads", "", "x-amz-tagging", "u=1").element("UploadId");
    String etag = s3.send("PUT", "/docs/up?partNumber=1&uploadId=" + id, "p").header("etag");
    s3.send(
        "POST",
        "/docs/up?uploadId=" + id,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>");
    assertThat(s3.send("GET", "/docs/up?tagging").elements("Key")).containsExactly("u");
  }

  @Test
  void limitsHaveTheirCodes() {
    s3.send("PUT", "/docs/k", "1");
    String[] eleven = new String[22];
    for (int i = 0; i < 22; i++) {
      eleven[i] = "t" + i;
    }
    assertThat(s3.send("PUT", "/docs/k?tagging", tags(eleven)).code()).isEqualTo("BadRequest");
    assertThat(s3.send("PUT", "/docs/k?tagging", tags("a", "1", "a", "2")).code())
        .isEqualTo("InvalidTag");
    assertThat(s3.send("PUT", "/docs/k?tagging", tags("k".repeat(129), "1")).code())
        .isEqualTo("InvalidTag");
    assertThat(s3.send("PUT", "/docs/k?tagging", tags("k", "v".repeat(257))).code())
        .isEqualTo("InvalidTag");
    assertThat(s3.send("PUT", "/docs/k?tagging", tags("aws:x", "1")).code())
        .isEqualTo("InvalidTag");
    assertThat(s3.send("PUT", "/docs/k?tagging", tags("k!", "1")).code()).isEqualTo("InvalidTag");
    assertThat(s3.send("PUT", "/docs/k?tagging", "<Tagging/>").code()).isEqualTo("MalformedXML");
    assertThat(s3.send("PUT", "/docs?tagging", tags("k", "v")).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/docs?tagging").element("Value")).isEqualTo("v");
    assertThat(s3.send("DELETE", "/docs?tagging").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/docs?tagging").code()).isEqualTo("NoSuchTagSet");
  }
}
