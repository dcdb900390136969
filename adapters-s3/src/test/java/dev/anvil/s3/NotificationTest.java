package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.objects.notify.DeleteTarget;
import dev.anvil.objects.notify.DeliverMessages;
import dev.anvil.objects.notify.ListDeadMessages;
import dev.anvil.objects.notify.RetryDeadMessages;
import dev.anvil.objects.notify.TellChanges;
import dev.anvil.ports.events.Webhooks;
import dev.anvil.ports.metrics.Meters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Notifications: what rules name is told once, in the form of AWS, until the target has it. */
@Tag("fast")
final class NotificationTest {
  private static final Call ADMIN = new Call(Caller.admin("root"), "r-admin");
  private static final String ARN = "arn:anvil:webhook:::hook";
  private GatewayWorld world;
  private S3Client s3;
  private final Recorded webhooks = new Recorded();
  private List<TellChanges> consumers;
  private DeliverMessages deliver;
  private String secret;

  /** Takes everything, or nothing. */
  private static final class Recorded implements Webhooks {
    private final List<Post> posts = new ArrayList<>();
    private final List<Post> tests = new ArrayList<>();
    private boolean down;

    @Override
    public List<Outcome> post(List<Post> more) {
      more.forEach(post -> (isTest(post) ? tests : posts).add(post));
      return more.stream()
          .map(p -> new Outcome(!down || isTest(p), down ? "status 500" : "status 200"))
          .toList();
    }

    private static boolean isTest(Post post) {
      return new String(post.body(), StandardCharsets.UTF_8).contains("s3:TestEvent");
    }

    List<String> bodies() {
      return posts.stream().map(p -> new String(p.body(), StandardCharsets.UTF_8)).toList();
    }
  }

  @BeforeEach
  void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    secret = world.target("hook", "https://example.org/in?x=1");
    consumers = world.consumers();
    deliver = new DeliverMessages(world.targets, webhooks, world.clock, Meters.none());
    tell();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void tell() {
    world.tell(consumers, deliver);
  }

  private S3Client.Answer set(String filter, String... events) {
    StringBuilder xml = new StringBuilder("<NotificationConfiguration><QueueConfiguration>");
    xml.append("<Id>mine</Id><Queue>").append(ARN).append("</Queue>");
    Stream.of(events).forEach(e -> xml.append("<Event>").append(e).append("</Event>"));
    xml.append(filter).append("</QueueConfiguration></NotificationConfiguration>");
    return s3.send("PUT", "/docs?notification", xml.toString());
  }

  @Test
  void changesAreToldOnceAndSigned() throws Exception {
    String filter =
        "<Filter><S3Key><FilterRule><Name>prefix</Name><Value>in/</Value></FilterRule>"
            + "<FilterRule><Name>suffix</Name><Value>.txt</Value></FilterRule></S3Key></Filter>";
    S3Client.Answer set = set(filter, "s3:ObjectCreated:*", "s3:ObjectRemoved:*");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs?notification").text())
        .contains("<Queue>" + ARN + "</Queue>")
        .contains(filter);
    s3.send("PUT", "/docs/in/a%20%C3%BC.txt", "12345");
    s3.send("PUT", "/docs/in/b.bin", "x");
    s3.send("PUT", "/docs/out/c.txt", "x");
    s3.send("DELETE", "/docs/in/a%20%C3%BC.txt");
    tell();
    tell();
    assertThat(webhooks.bodies()).hasSize(2);
    assertThat(webhooks.bodies().getFirst())
        .contains("\"eventName\":\"ObjectCreated:Put\"")
        .contains(
            "\"key\":\"in/a+%C3%BC.txt\",\"size\":5,\"eTag\":\"827ccb0eea8a706c4c34a16891f84e7b\"")
        .contains("\"configurationId\":\"mine\"")
        .contains("\"arn\":\"arn:aws:s3:::docs\"");
    assertThat(webhooks.bodies().getLast()).contains("\"eventName\":\"ObjectRemoved:Delete\"");
    Webhooks.Post post = webhooks.posts.getFirst();
    String sent = post.headers().get("Anvil-Signature");
    String time = sent.substring(2, sent.indexOf(','));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
    assertThat(sent).endsWith(",v1=" + HexFormat.of().formatHex(mac.doFinal(post.body())));
    consumers = world.consumers();
    tell();
    assertThat(webhooks.posts).as("a restart tells nothing twice").hasSize(2);
  }

  @Test
  void targetsAreSentATestWhenTheyAreNamed() {
    set("", "s3:ObjectCreated:*");
    tell();
    tell();
    assertThat(webhooks.tests).hasSize(1);
    assertThat(new String(webhooks.tests.getFirst().body(), StandardCharsets.UTF_8))
        .startsWith("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"")
        .contains("\"Bucket\":\"docs\",\"RequestId\":\"");
    assertThat(webhooks.posts).isEmpty();
    String rules =
        "<NotificationConfiguration><TopicConfiguration><Topic>"
            + ARN
            + "</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>"
            + "<QueueConfiguration><Queue>"
            + ARN
            + "</Queue><Event>s3:ObjectRemoved:*</Event></QueueConfiguration>"
            + "</NotificationConfiguration>";
    assertThat(s3.send("PUT", "/docs?notification", rules).status()).isEqualTo(200);
    tell();
    assertThat(webhooks.tests).as("one a target").hasSize(2);
    String skip = "x-amz-skip-destination-validation";
    s3.send("PUT", "/docs?notification", rules, skip, "true");
    tell();
    assertThat(webhooks.tests).hasSize(2);
  }

  @Test
  void whatHappensBeforeTheFirstLookAtTheJournalIsToldToo() {
    try (GatewayWorld fresh = new GatewayWorld()) {
      S3Client client = fresh.client();
      client.send("PUT", "/new");
      fresh.target("hook", "https://example.org/");
      client.send("PUT", "/new/before", "x");
      String rules =
          "<NotificationConfiguration><TopicConfiguration><Topic>"
              + ARN
              + "</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>"
              + "</NotificationConfiguration>";
      assertThat(client.send("PUT", "/new?notification", rules).status()).isEqualTo(200);
      client.send("PUT", "/new/after", "x");
      DeliverMessages to = new DeliverMessages(fresh.targets, webhooks, fresh.clock, Meters.none());
      fresh.tell(fresh.consumers(), to);
      assertThat(webhooks.bodies()).hasSize(1);
      assertThat(webhooks.bodies().getFirst()).contains("\"key\":\"after\"");
    }
  }

  @Test
  void whatATargetDoesNotTakeIsTriedAgainAndLaidAsideAtLast() {
    set("", "s3:ObjectCreated:*");
    webhooks.down = true;
    s3.send("PUT", "/docs/k", "x");
    tell();
    tell();
    assertThat(webhooks.posts).as("not before its rest is over").hasSize(1);
    for (int i = 0; i < 12; i++) {
      world.clock.move(Duration.ofHours(3));
      consumers = world.consumers();
      tell();
    }
    assertThat(webhooks.posts).hasSize(9);
    ListDeadMessages.Result dead =
        new ListDeadMessages(world.targets).execute(ADMIN, new ListDeadMessages.Command(null, 10));
    assertThat(dead.dead()).hasSize(1);
    assertThat(dead.dead().getFirst().message().failure()).isEqualTo("status 500");
    assertThat(dead.next()).isNull();
    webhooks.down = false;
    assertThat(
            new RetryDeadMessages(world.targets)
                .execute(ADMIN, new RetryDeadMessages.Command())
                .queued())
        .isEqualTo(1);
    tell();
    assertThat(webhooks.posts).hasSize(10);
    assertThat(webhooks.bodies().getLast()).isEqualTo(webhooks.bodies().getFirst());
    assertThat(
            new ListDeadMessages(world.targets)
                .execute(ADMIN, new ListDeadMessages.Command(null, 10))
                .dead())
        .isEmpty();
  }

  @Test
  void lifecyclesMarkersAndUploadsAreTold() {
    String on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    s3.send("PUT", "/docs?versioning", on);
    set(
        "",
        "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:LifecycleExpiration:*",
        "s3:ObjectTagging:Put");
    s3.send("PUT", "/docs/k", "x");
    s3.send(
        "PUT",
        "/docs/k?tagging",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
    s3.send(
        "PUT",
        "/docs?lifecycle",
        "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/><Expiration><Days>1</Days>"
            + "</Expiration></Rule></LifecycleConfiguration>");
    world.pass(Duration.ofDays(2));
    String id = s3.send("POST", "/docs/up?uploads").element("UploadId");
    String etag = s3.send("PUT", "/docs/up?partNumber=1&uploadId=" + id, "part").header("etag");
    s3.send(
        "POST",
        "/docs/up?uploadId=" + id,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>");
    tell();
    assertThat(webhooks.bodies()).hasSize(3);
    assertThat(webhooks.bodies().get(0)).contains("ObjectTagging:Put").contains("versionId");
    assertThat(webhooks.bodies().get(1)).contains("LifecycleExpiration:DeleteMarkerCreated");
    assertThat(webhooks.bodies().get(2)).contains("ObjectCreated:CompleteMultipartUpload");
  }

  @Test
  void whatIsMadeIsToldByHowItWasMade() {
    set("", "s3:ObjectCreated:*", "s3:ObjectTagging:Delete");
    s3.send("PUT", "/docs/k", "x");
    s3.send("PUT", "/docs/copy", "", "x-amz-copy-source", "/docs/k");
    String form =
        "--line\r\n"
            + "Content-Disposition: form-data; name=\"key\"\r\n\r\n"
            + "posted\r\n"
            + "--line\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "x\r\n"
            + "--line--\r\n";
    s3.send("POST", "/docs", form, "content-type", "multipart/form-data; boundary=line");
    String tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    s3.send("PUT", "/docs/k?tagging", tags);
    s3.send("DELETE", "/docs/k?tagging");
    tell();
    assertThat(webhooks.bodies())
        .extracting(b -> b.replaceAll(".*\"eventName\":\"([^\"]*)\".*", "$1"))
        .containsExactly(
            "ObjectCreated:Put",
            "ObjectCreated:Copy",
            "ObjectCreated:Post",
            "ObjectTagging:Delete");
  }

  @Test
  void wrongConfigurationsHaveTheirNames() {
    assertThat(set("", "s3:ObjectCreated:Nonsense").code()).isEqualTo("InvalidArgument");
    assertThat(set("", "s3:ObjectRestore:Post").code()).isEqualTo("NotImplemented");
    assertThat(
            set(
                    "<Filter><S3Key><FilterRule><Name>middle</Name><Value>a</Value></FilterRule>"
                        + "</S3Key></Filter>",
                    "s3:ObjectCreated:*")
                .code())
        .isEqualTo("InvalidArgument");
    new DeleteTarget(world.targets).execute(ADMIN, new DeleteTarget.Command("hook"));
    assertThat(set("", "s3:ObjectCreated:*").code()).isEqualTo("InvalidArgument");
    String bridge =
        "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>";
    assertThat(s3.send("PUT", "/docs?notification", bridge).code()).isEqualTo("NotImplemented");
    assertThat(s3.send("PUT", "/docs?notification", "<NotificationConfiguration/>").status())
        .isEqualTo(200);
    assertThat(s3.send("GET", "/docs?notification").text()).doesNotContain("Queue");
  }
}
