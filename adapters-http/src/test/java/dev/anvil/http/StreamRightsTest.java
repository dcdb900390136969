package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits at the tail of a stream reads nothing on credentials that are none any more. */
class StreamRightsTest {
  private static final String STREAM = "/v1/buckets/docs/streams/log";
  private static final String SCOPE = "object:read|bucket:docs/*";

  private Client wire;
  private String owner;
  private String guest;
  private String guestId;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    owner = wire.token();
    done(wire.put("/v1/buckets/docs", "{}"));
    done(wire.post(STREAM, "{}"));
    guest = wire.another("acme", "guest", SCOPE);
    guestId = wire.clientId;
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private static void done(Client.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
  }

  private interface Step {
    void run() throws Exception;
  }

  /** Reads as the guest; this happens, and then an append, once there was nothing to read. */
  private Client.Answer read(Step meanwhile) throws Exception {
    AtomicInteger looks = new AtomicInteger();
    wire.node.onTail =
        () -> {
          if (looks.incrementAndGet() == 2) {
            wire.as(owner);
            try {
              meanwhile.run();
              done(wire.post(STREAM + ":append", "{\"records\":[{\"text\":\"new\"}]}"));
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        };
    wire.as(guest);
    return wire.get(STREAM + "?wait=30");
  }

  @Test
  void aGrantThatIsTakenAway() throws Exception {
    String grant = "{\"clientId\":\"" + guestId + "\",\"scope\":\"" + SCOPE + "\"}";
    Client.Answer answer = read(() -> done(wire.call("DELETE", "/v1/grants", grant)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
  }

  @Test
  void anApplicationThatIsRevoked() throws Exception {
    String at = "/v1/admin/tenants/acme/applications/" + guestId + ":revoke";
    Client.Answer answer = read(() -> wire.admin(at, "{}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
  }

  @Test
  void nothing() throws Exception {
    Client.Answer answer = read(() -> {});
    assertThat(Map.entry(answer.status(), answer.body().contains("\"sequence\":1")))
        .as(answer.body())
        .isEqualTo(Map.entry(200, true));
  }
}
