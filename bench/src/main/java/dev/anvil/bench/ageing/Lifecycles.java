package dev.anvil.bench.ageing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What ends by itself in the buckets of the churn, and how much of it is there still. */
final class Lifecycles {
  /** Keys that nobody deletes. */
  static final String TEMPORARY = "tmp/";

  private static final int PAGE = 1_000;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String RULES =
      "<LifecycleConfiguration><Rule><ID>tmp</ID><Status>Enabled</Status><Filter><Prefix>"
          + TEMPORARY
          + "</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule>"
          + "<Rule><ID>rest</ID><Status>Enabled</Status><Filter/>"
          + "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
          + "</NoncurrentVersionExpiration><AbortIncompleteMultipartUpload>"
          + "<DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>"
          + "</LifecycleConfiguration>";

  private Lifecycles() {}

  /** Gives a bucket its rules; before the first day has passed, for the signature has this date. */
  static void set(URI publicUrl, Deployment deployment, String bucket) throws IOException {
    Signature4 signature =
        new Signature4(publicUrl, deployment.clientId(), deployment.clientSecret());
    Request put = Request.of("PUT", "/" + bucket + "?lifecycle").with(RULES);
    try (RawHttp http = new RawHttp(publicUrl, BOUND)) {
      var answer = http.send(signature.sign(put));
      if (!answer.ok()) {
        throw new IOException("the lifecycle of " + bucket + " was answered " + answer);
      }
    }
  }

  /**
   * What should have ended by itself a day or two after it was left; each counted to a page.
   *
   * @param objects below the prefix of what is temporary
   * @param uploads that nobody completed
   * @param versions that are not current
   */
  record Left(int objects, int uploads, int versions) {
    static Left of(Client client) throws IOException {
      JsonNode objects = Calls.json(client.expect(Calls.list(Churn.PLAIN, TEMPORARY, PAGE, null)));
      JsonNode uploads =
          Calls.json(
              client.expect(
                  Request.of("GET", "/v1/buckets/" + Churn.PLAIN + "/uploads?limit=" + PAGE)));
      int past = 0;
      for (JsonNode v :
          Calls.json(client.expect(Calls.versions(Churn.VERSIONED, "", PAGE, null)))
              .path("versions")) {
        past += v.path("current").asBoolean() ? 0 : 1;
      }
      return new Left(objects.path("objects").size(), uploads.path("uploads").size(), past);
    }

    boolean nothing() {
      return objects == 0 && uploads == 0 && versions == 0;
    }
  }
}
