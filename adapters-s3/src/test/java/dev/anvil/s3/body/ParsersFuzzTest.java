package dev.anvil.s3.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.testkit.Seeds;
import dev.anvil.s3.Mutations;
import dev.anvil.s3.form.FormReader;
import dev.anvil.s3.form.PostPolicy;
import dev.anvil.s3.sign.PresentedParser;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every parser says yes or no to whatever it is given, and soon; {@code -Danvil.seed=}. */
@Tag("fast")
@Timeout(60)
final class ParsersFuzzTest {
  private static final int ROUNDS = Integer.getInteger("anvil.fuzz.rounds", 1_500);

  private static final List<String> AUTHORIZATIONS =
      List.of(
          "AWS4-HMAC-SHA256 Credential=AKIA/20130524/us-east-1/s3/aws4_request,"
              + "SignedHeaders=host;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f01",
          "AWS AKIA:sig",
          "Bearer x");
  private static final List<String> QUERIES =
      List.of(
          "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20130524%2Fus-east-1%2Fs3%2F"
              + "aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders="
              + "host&X-Amz-Signature=aeeed9bb",
          "prefix=a%20b&delimiter=%2F&max-keys=3&encoding-type=url&list-type=2",
          "AWSAccessKeyId=a&Signature=b&Expires=1");
  private static final List<String> CHUNKS =
      List.of(
          "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
          "5;chunk-signature=" + "a".repeat(64) + "\r\nhello\r\n0;chunk-signature=\r\n\r\n",
          "2000\r\n" + "b".repeat(0x2000) + "\r\n1\r\nc\r\n0\r\n\r\n");
  private static final List<String> DOCUMENTS =
      List.of(
          "<?xml version=\"1.0\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>"
              + "true</Quiet><Object><Key>a&amp;b</Key><VersionId>null</VersionId></Object></Delete>",
          "<Delete><Object><Key><![CDATA[x]]></Key></Object></Delete>",
          "<!DOCTYPE Delete [<!ENTITY a \"b\">]><Delete>&a;</Delete>");
  private static final List<String> FORMS =
      List.of(
          "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk/${filename}\r\n--b\r\n"
              + "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
              + "Content-Type: text/plain\r\n\r\nhello\r\n--b--\r\n");
  private static final List<String> POLICIES =
      List.of(
          "{\"expiration\":\"2030-01-01T00:00:00Z\",\"conditions\":[{\"bucket\":\"b\"},"
              + "[\"starts-with\",\"$key\",\"u/\"],[\"content-length-range\",1,10]]}");

  @FunctionalInterface
  private interface Attempt {
    void run(Mutations near, SplittableRandom random) throws Exception;
  }

  /** A refusal by name, or an end of the stream, and nothing else. */
  private static void rounds(Attempt attempt) {
    Seeds.fixed(random -> {
      Mutations near = new Mutations(random);
      for (int i = 0; i < ROUNDS; i++) {
        try {
          attempt.run(near, random);
        } catch (S3Failure | AnvilException | IOException e) {
          assertThat(e).isNotNull();
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
          fail("round " + i, e);
        }
      }
    });
  }

  @Test
  void signatures() {
    rounds((near, random) -> {
      HttpFields.Mutable headers = HttpFields.build();
      if (random.nextBoolean()) {
        headers.add("Authorization", near.line(AUTHORIZATIONS).replace("SHA256", "SHA256 "));
        headers.add("x-amz-date", near.line(List.of("20130524T000000Z")));
      }
      String query = random.nextBoolean() ? near.of(QUERIES) : null;
      PresentedParser.parse(headers, QueryText.parse(query));
    });
  }

  @Test
  void chunks() {
    rounds((near, random) -> {
      byte[] body = near.of(CHUNKS).getBytes(StandardCharsets.ISO_8859_1);
      AwsChunkedInput in =
          new AwsChunkedInput(
              new Trickling(body, random),
              null,
              random.nextInt(3) == 0 ? random.nextLong(10_000) : 5,
              random.nextBoolean() ? Set.of("x-amz-checksum-crc32") : Set.of(),
              random.nextBoolean());
      byte[] into = new byte[1 + random.nextInt(9_000)];
      long taken = 0;
      for (int n = in.read(into, 0, into.length); n >= 0; n = in.read(into, 0, into.length)) {
        taken += n;
      }
      assertThat(taken).isLessThanOrEqualTo(body.length);
    });
  }

  @Test
  void documents() {
    rounds(
        (near, _) -> XmlTree.parse(near.of(DOCUMENTS).getBytes(StandardCharsets.UTF_8), "Delete"));
  }

  @Test
  void forms() {
    rounds((near, random) -> {
      byte[] body = near.of(FORMS).getBytes(StandardCharsets.ISO_8859_1);
      FormReader form =
          FormReader.open(
              new Trickling(body, random),
              near.line(List.of("multipart/form-data;boundary=b", "multipart/form-data")));
      assertThat(form.file().readAllBytes().length).isLessThanOrEqualTo(body.length);
    });
  }

  @Test
  void policies() {
    rounds((near, random) -> {
      String text = near.of(POLICIES);
      String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      PostPolicy policy =
          PostPolicy.parse(random.nextInt(4) == 0 ? near.of(List.of(base64)) : base64);
      policy.check(java.util.Map.of("key", near.of(List.of("u/a"))), "b", java.time.Instant.EPOCH);
    });
  }

  @Test
  void bombsEndBeforeTheyGrow() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE Delete [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10));
      laughs.append("\">");
    }
    refused(laughs + "]><Delete>&a29;</Delete>");
    refused("<!DOCTYPE Delete SYSTEM \"file:///etc/passwd\"><Delete/>");
    refused("<!DOCTYPE Delete [<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]><Delete>&x;</Delete>");
    refused("<Delete>" + "<a>".repeat(100_000));
    refused("<Delete>" + "<a>".repeat(S3Limits.MAX_DEPTH) + "</a>".repeat(S3Limits.MAX_DEPTH));
    refused("<Delete>" + "<a/>".repeat(S3Limits.MAX_ELEMENTS) + "</Delete>");
    StringBuilder attributes = new StringBuilder("<Delete ");
    for (int i = 0; i < 50_000; i++) {
      attributes.append("a").append(i).append("=\"\" ");
    }
    refused(attributes + "></Wrong>");
  }

  private static void refused(String document) {
    assertThatThrownBy(() -> XmlTree.parse(document.getBytes(StandardCharsets.UTF_8), "Delete"))
        .isInstanceOf(S3Failure.class);
  }

  /** Gives out few bytes at a time. */
  private static final class Trickling extends InputStream {
    private final InputStream in;
    private final SplittableRandom random;

    Trickling(byte[] bytes, SplittableRandom random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, 1 + random.nextInt(500)));
    }
  }
}
