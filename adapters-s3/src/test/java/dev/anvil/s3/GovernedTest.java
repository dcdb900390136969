package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket under relationships, seen through the gateway. */
class GovernedTest {
  private GatewayWorld world;
  private S3Client owner;
  private S3Client guest;
  private String app;

  @BeforeEach
  void start() {
    world = new GatewayWorld();
    owner = world.client();
    GatewayWorld.Key key = world.application("acme", "guest", "*|*");
    guest = world.client(key);
    app = "anvil/app:" + key.id();
    assertThat(owner.send("PUT", "/docs").status()).isEqualTo(200);
    for (String k : List.of("a/there", "b/there")) {
      assertThat(owner.send("PUT", "/docs/" + k, "x").status()).isEqualTo(200);
    }
    assertThat(guest.send("GET", "/docs/a/there").status()).isEqualTo(200);
    world.governed.govern("docs", world.acme.id());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static String seen(S3Client.Answer a, String key) {
    String text = a.text();
    for (String element : List.of("RequestId", "HostId")) {
      text = text.replaceAll("<" + element + ">[^<]*", "<" + element + ">");
    }
    return a.status() + " " + text.replace(key, "KEY");
  }

  @Test
  void whoHoldsNothingCannotTellWhatIsThere() {
    String uploads = "?uploadId=000000070000000000000001";
    List<String[]> calls =
        List.of(
            new String[] {"GET", ""},
            new String[] {"HEAD", ""},
            new String[] {"PUT", ""},
            new String[] {"DELETE", ""},
            new String[] {"GET", "?tagging"},
            new String[] {"GET", "?acl"},
            new String[] {"POST", "?uploads"},
            new String[] {"GET", uploads},
            new String[] {"DELETE", uploads},
            new String[] {"PUT", "?partNumber=1&" + uploads.substring(1)});
    for (String[] c : calls) {
      S3Client.Answer there = guest.send(c[0], "/docs/a/there" + c[1], "");
      S3Client.Answer missing = guest.send(c[0], "/docs/a/empty" + c[1], "");
      String what = c[0] + c[1] + there.text();
      assertThat(there.status()).as(what).isEqualTo(403);
      assertThat(seen(missing, "a/empty")).as(what).isEqualTo(seen(there, "a/there"));
    }
    S3Client.Answer copy = guest.send("PUT", "/docs/c", "", "x-amz-copy-source", "/docs/a/there");
    assertThat(copy.code()).isEqualTo("AccessDenied");
    assertThat(guest.send("GET", "/docs?policy").status()).isGreaterThanOrEqualTo(400);
    assertThat(guest.send("DELETE", "/docs").code()).isEqualTo("AccessDenied");
  }

  @Test
  void listsShowWhatTheCallerSees() {
    assertThat(guest.send("GET", "/docs?list-type=2").elements("Key")).isEmpty();
    assertThat(guest.send("GET", "/docs").elements("Key")).isEmpty();
    assertThat(guest.send("GET", "/docs?versions").elements("Key")).isEmpty();
    world.governed.touch("anvil/folder:docs/a/#reader@" + app);
    for (String list : List.of("?list-type=2", "", "?versions")) {
      assertThat(guest.send("GET", "/docs" + list).elements("Key"))
          .as(list)
          .containsExactly("a/there");
    }
    assertThat(guest.send("GET", "/docs?delimiter=/").elements("Prefix")).contains("a/");
    assertThat(guest.send("GET", "/docs?delimiter=/").text()).doesNotContain("b/");
    assertThat(guest.send("GET", "/docs/a/there").status()).isEqualTo(200);
    assertThat(guest.send("GET", "/docs/a/empty").code()).isEqualTo("NoSuchKey");
    assertThat(guest.send("GET", "/docs/b/there").code()).isEqualTo("AccessDenied");
    owner.send("POST", "/docs/b/up?uploads", "");
    owner.send("POST", "/docs/a/up?uploads", "");
    assertThat(guest.send("GET", "/docs?uploads").elements("Key")).containsExactly("a/up");
    world.governed.delete("anvil/folder:docs/a/#reader@" + app);
    assertThat(guest.send("GET", "/docs?list-type=2").elements("Key")).isEmpty();
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyDeletesAreDecidedOneByOne() {
    world.governed.touch("anvil/folder:docs/a/#writer@" + app);
    String body =
        "<Delete><Object><Key>a/there</Key></Object><Object><Key>b/there</Key></Object></Delete>";
    S3Client.Answer answer = guest.send("POST", "/docs?delete", body, "Content-MD5", md5(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).contains("AccessDenied");
    assertThat(owner.send("GET", "/docs").elements("Key")).containsExactly("b/there");
  }

  @Test
  void actingForSomebodyIsRefusedByName() {
    S3Client.Answer answer =
        owner.send("GET", "/docs/a/there", "", "Anvil-Subject", "anvil/user:anna");
    assertThat(answer.code()).isEqualTo("NotImplemented");
  }

  @Test
  void tuplesForEverybodyOpenToStrangers() {
    S3Client stranger = world.client(world.other);
    byte[] none = new byte[0];
    assertThat(stranger.send("GET", "/docs/a/there").status()).isEqualTo(403);
    assertThat(owner.anonymous("GET", "/docs/a/there", none).status()).isEqualTo(403);
    world.governed.touch("anvil/folder:docs/a/#reader@anvil/public:all");
    assertThat(stranger.send("GET", "/docs/a/there").text()).isEqualTo("x");
    assertThat(owner.anonymous("GET", "/docs/a/there", none).status()).isEqualTo(200);
    assertThat(stranger.send("GET", "/docs/b/there").status()).isEqualTo(403);
    assertThat(stranger.send("PUT", "/docs/a/new", "y").status()).isEqualTo(403);
    assertThat(stranger.send("GET", "/docs").status()).isEqualTo(403);
    assertThat(stranger.send("GET", "/docs?prefix=a/").elements("Key")).containsExactly("a/there");
    world.governed.touch("anvil/bucket:docs#lister@anvil/public:all");
    assertThat(stranger.send("GET", "/docs").elements("Key")).containsExactly("a/there", "b/there");
    assertThat(stranger.send("GET", "/docs/b/there").status()).isEqualTo(403);
    world.governed.delete("anvil/folder:docs/a/#reader@anvil/public:all");
    assertThat(owner.anonymous("GET", "/docs/a/there", none).status()).isEqualTo(403);
    world.governed.touch("anvil/bucket:docs#writer@anvil/app:" + world.other.id());
    assertThat(stranger.send("PUT", "/docs/a/new", "y").status()).isEqualTo(403);
  }

  @Test
  void aListForEverybodyCountsInsideTheTenantToo() {
    owner.send(
        "PUT",
        "/docs?ownershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>"
            + "</OwnershipControls>");
    assertThat(guest.send("GET", "/docs").elements("Key")).isEmpty();
    assertThat(owner.send("PUT", "/docs?acl", "", "x-amz-acl", "public-read").status())
        .isEqualTo(200);
    for (S3Client caller : List.of(guest, world.client(world.other))) {
      assertThat(caller.send("GET", "/docs").elements("Key")).containsExactly("a/there", "b/there");
      assertThat(caller.send("GET", "/docs/a/there").status()).isEqualTo(403);
    }
    // the tuple decides; the list is what was set
    world.governed.delete("anvil/bucket:docs#lister@anvil/public:all");
    assertThat(guest.send("GET", "/docs").elements("Key")).isEmpty();
    assertThat(world.client(world.other).send("GET", "/docs").status()).isEqualTo(403);
    assertThat(owner.send("GET", "/docs?acl").text()).contains("AllUsers");
  }
}
