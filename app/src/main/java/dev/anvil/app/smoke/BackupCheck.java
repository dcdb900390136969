package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Check 14: a snapshot is taken while writes go on, and every byte of it is proved. */
final class BackupCheck {
  private static final String BACKUPS = "/v1/admin/backups";
  private static final int LOOKS = 600;
  private static final long PAUSE_NANOS = 100_000_000L;

  private BackupCheck() {}

  static Verdict run(Scene scene) {
    Wire admin = scene.admin();
    Wire.Answer list = admin.send("GET", BACKUPS);
    if (list.status() == 501) {
      return new Verdict.NotBuilt(list.json().path("detail").asText());
    }
    list.must(200);
    String bucket = scene.bucket("backup");
    put(scene, bucket, "before");
    long ticket = admin.send("POST", BACKUPS).must(202).json().path("ticket").asLong();
    put(scene, bucket, "while");
    JsonNode last = ended(admin, ticket);
    String id = last.path("id").asText();
    Unmet.require(
        !last.hasNonNull("failure"), "the backup failed: " + last.path("failure").asText());
    JsonNode proved = admin.send("POST", BACKUPS + "/" + id + ":verify").must(200).json();
    Unmet.require(
        proved.path("records").asLong() > 0 && proved.path("damagedBodies").asLong() == 0,
        "the verification says " + proved);
    JsonNode next =
        admin
            .json(
                "PUT",
                "/v1/admin/backup-schedule?dryRun=true",
                Wire.object().put("schedule", "daily 03:00"))
            .must(200)
            .json();
    Unmet.require(next.hasNonNull("nextRun"), "a schedule does not tell its next run");
    return new Verdict.Pass(
        "snapshot "
            + id
            + " of "
            + proved.path("records").asLong()
            + " records verified, next run "
            + next.path("nextRun").asText()
            + "; restore: proved by features");
  }

  private static void put(Scene scene, String bucket, String key) {
    scene.api().send("PUT", Scene.object(bucket, key), new byte[] {1}, Map.of()).must(200);
  }

  private static JsonNode ended(Wire admin, long ticket) {
    for (int i = 0; i < LOOKS; i++) {
      JsonNode last = admin.send("GET", BACKUPS).must(200).json().path("last");
      if (last.path("ticket").asLong() >= ticket) {
        return last;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new Unmet("the backup did not end within a minute");
  }
}
