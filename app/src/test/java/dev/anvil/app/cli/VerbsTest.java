package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and admin verbs against a node, as a person types them, one process for all. */
class VerbsTest {
  private static final String DATA = " --data anvil-data";

  @TempDir private Path folder;
  private TypedShell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new TypedShell(folder);
    Files.writeString(folder.resolve("a.txt"), "some text");
    Files.writeString(
        folder.resolve("policy.json"),
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::docs/*\"}]}");
  }

  @AfterEach
  void stop() {
    shell.close();
  }

  /** What a verb says, if it ends with this code. */
  private String ends(int code, String verb) throws IOException {
    TypedShell.Ran ran = shell.run("./anvil " + verb);
    assertThat(ran.code()).as(ran.toString()).isEqualTo(code);
    return ran.said();
  }

  private String says(String verb) throws IOException {
    return ends(0, verb);
  }

  private static String part(String text, String pattern) {
    Matcher m = Pattern.compile(pattern).matcher(text);
    assertThat(m.find()).as(pattern + " in " + text).isTrue();
    return m.group(1);
  }

  @Test
  void everyVerbDoesWhatItSays() throws IOException {
    assertThat(says("admin tenant create acme" + DATA)).isEqualTo("tenant acme created\n");
    String app = "admin app create --tenant acme --name web --grant '*|*' --profile default";
    String clientId = part(says(app + DATA), "client id\\s+(\\S+)");
    objects();
    access();
    changes();
    admin(clientId);
    assertThat(ends(1, "ls docs")).contains("request");
    assertThat(ends(3, "ls docs --endpoint http://127.0.0.1:1")).contains("is the server running");
    assertThat(ends(2, "ls docs --endpoint nowhere")).contains("nowhere");
  }

  private void objects() throws IOException {
    says("bucket create docs --versioning enabled");
    assertThat(ends(2, "bucket create docs2 --versioning some")).contains("suspended");
    assertThat(says("bucket ls")).isEqualTo("docs\n");
    assertThat(says("bucket ls --json")).contains("\"buckets\":[{\"name\":\"docs\"");
    assertThat(says("put a.txt docs/x/a.txt --content-type text/plain"))
        .startsWith("stored docs/x/a.txt  9 bytes  version ");
    assertThat(ends(1, "put a.txt docs/x/a.txt --if-absent")).contains("PreconditionFailed");
    assertThat(ends(1, "put none.txt docs/")).contains("none.txt does not exist");
    assertThat(says("ls docs")).contains("PREFIX").contains("x/");
    assertThat(says("ls docs --recursive")).contains("9  x/a.txt");
    assertThat(says("ls")).isEqualTo("docs/\n");
    assertThat(says("ls docs --json")).contains("\"commonPrefixes\":[\"x/\"]");
    says("get docs/x/a.txt back.txt");
    assertThat(Files.readString(folder.resolve("back.txt"))).isEqualTo("some text");
    assertThat(ends(1, "get docs/x/a.txt no/back.txt")).contains("there is no folder");
    assertThat(ends(1, "get docs/none back.txt")).contains("ObjectNotFound");
    assertThat(says("cp docs/x/a.txt docs/y/")).startsWith("copied to docs/y/a.txt  version ");
    String version = part(says("put a.txt docs/z --json"), "\"version\":\"([^\"]+)\"");
    assertThat(says("rm docs/z --json")).contains("\"deleteMarker\":true");
    assertThat(says("rm docs/z --version-id " + version)).isEqualTo("removed docs/z\n");
    assertThat(says("rm docs/none --version-id " + version)).contains("nothing to remove");
    assertThat(says("rm docs/none --version-id " + version + " --json")).isEqualTo("null\n");
  }

  private void access() throws IOException {
    assertThat(ends(1, "bucket policy get docs")).contains("404");
    says("bucket policy put docs policy.json");
    assertThat(says("bucket policy get docs")).contains("\"Effect\" : \"Allow\"");
    says("bucket policy rm docs");
    assertThat(ends(2, "bucket policy put docs a.txt")).contains("holds no JSON");
    says("bucket public-access set docs --read");
    assertThat(says("bucket public-access get docs")).isEqualTo("read: true, write: false\n");
    says("bucket public-access-block set docs --restrict");
    assertThat(says("bucket public-access-block get docs"))
        .contains("restrictPublicBuckets: true")
        .contains("blockPublicAcls: false");
    says("bucket public-access-block rm docs");
    assertThat(says("token --scope 'object:read|bucket:docs' --json"))
        .contains("\"scope\":\"object:read|bucket:docs\"");
  }

  private void changes() throws IOException {
    String cursor = part(says("put a.txt docs/w/1 --json"), "\"cursor\":\"([^\"]+)\"");
    says("put a.txt docs/w/2");
    says("put a.txt docs/w/3");
    String watch = "watch docs/w/ --cursor-file at --after " + cursor;
    assertThat(says(watch + " --count 1")).contains("object.put").contains("docs/w/2");
    // an option counts before the file
    assertThat(says("watch docs/w/ --cursor-file at --count 1 --json"))
        .startsWith("{\"type\":\"change\"")
        .contains("\"key\":\"w/3\"");
  }

  private void admin(String clientId) throws IOException {
    assertThat(says("admin tenant list" + DATA)).isEqualTo("acme\n");
    assertThat(says("admin app list --tenant acme" + DATA)).isEqualTo(clientId + "  web\n");
    String scope = " --client-id " + clientId + " 'object:read|bucket:docs'" + DATA;
    assertThat(says("admin grant add" + scope)).startsWith("granted ");
    assertThat(says("admin grant list --client-id " + clientId + DATA))
        .contains("object:read|bucket:docs");
    assertThat(says("admin grant remove" + scope)).startsWith("removed ");
    assertThat(says("admin tenant limits acme --requests 500" + DATA))
        .startsWith("limits {")
        .contains("\"requestsPerSecond\":500");
    assertThat(says("admin app rotate --tenant acme " + clientId + DATA)).contains("shown once");
    assertThat(says("admin key list" + DATA)).contains("in use");
    assertThat(says("admin key rotate token --reason test" + DATA)).contains("key is now");
    assertThat(says("admin audit --limit 3" + DATA).lines()).hasSize(3);
    assertThat(says("admin audit --limit 3 --json" + DATA)).startsWith("{\"entries\":[{");
    assertThat(says("admin audit --verify" + DATA)).contains("chain whole");
    String token = part(says("token"), "(\\S+)");
    assertThat(token).contains(".");
    assertThat(says("admin token revoke --tenant acme --client-id " + clientId + DATA))
        .startsWith("tokens issued before ");
    assertThat(says("admin credential rotate" + DATA)).contains("admin-credential");
    assertThat(says("admin tenant suspend acme --reason test" + DATA)).contains("suspended");
  }
}
