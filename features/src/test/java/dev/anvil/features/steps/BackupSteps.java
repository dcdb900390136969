package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.testkit.Waiting;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Backups of the node, as an operator takes them, and what a restored node serves. */
public final class BackupSteps {
  private static final String BACKUPS = "/v1/admin/backups";

  private final World world = World.current();
  private final Map<String, byte[]> written = new LinkedHashMap<>();
  private final List<JsonNode> backups = new ArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();
  private Thread writer;
  private Path damaged;

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private Wire.Answer put(String key, byte[] content) {
    return world.application().send("PUT", ObjectSteps.path("docs", key), content, Map.of());
  }

  @Given("{int} objects of {int} to {int} bytes")
  public void objects(int count, int least, int most) {
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      byte[] content = bytes(random.nextInt(least, most + 1), i);
      written.put("kept/" + i, content);
      assertThat(put("kept/" + i, content).status()).isEqualTo(200);
    }
  }

  @Given("writes that go on")
  public void writesGoOn() {
    writing.set(true);
    AtomicInteger done = new AtomicInteger();
    writer =
        Thread.ofVirtual()
            .start(() -> {
              while (writing.get()) {
                int n = done.incrementAndGet();
                put("meanwhile/" + n % 40, bytes(3_000, n));
              }
            });
    Waiting.until("writes go on", () -> done.get() > 20);
  }

  @When("the writes end")
  public void writesEnd() throws InterruptedException {
    writing.set(false);
    writer.join();
  }

  @When("an operator takes a backup")
  public void takes() {
    Wire admin = world.admin();
    Wire.Answer asked = admin.send("POST", BACKUPS);
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    long ticket = asked.json().path("ticket").asLong();
    Waiting.until("a backup ends", () -> last(admin).path("ticket").asLong() >= ticket);
    assertThat(last(admin).path("failure").isMissingNode() || last(admin).path("failure").isNull())
        .as(last(admin).toString())
        .isTrue();
    backups.add(admin.send("GET", BACKUPS).json().path("backups").path(0));
  }

  private static JsonNode last(Wire admin) {
    return admin.send("GET", BACKUPS).json().path("last");
  }

  private String id() {
    return backups.getLast().path("id").asText();
  }

  @When("the operator verifies the backup")
  public void verifies() {
    Wire.Answer answer = world.admin().send("POST", BACKUPS + "/" + id() + ":verify");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("damagedBodies").asLong()).isZero();
  }

  @When("the node is restored from the backup into an empty folder")
  public void restored() throws IOException {
    world.restoreFromBackup(id());
  }

  @Then("every object written before the backup has equal bytes")
  public void equalBytes() {
    written.forEach((key, content) -> {
      Wire.Answer answer = world.application().send("GET", ObjectSteps.path("docs", key));
      assertThat(answer.status()).as(key).isEqualTo(200);
      assertThat(answer.bytes()).as(key).isEqualTo(content);
    });
  }

  @Then("the application writes and reads on")
  public void goesOn() {
    byte[] content = bytes(20_000, 5);
    assertThat(put("after the restore", content).status()).isEqualTo(200);
    assertThat(
            world.application().send("GET", ObjectSteps.path("docs", "after the restore")).bytes())
        .isEqualTo(content);
  }

  @Then("the second backup moved less than a tenth of the first")
  public void movedLess() {
    long first = backups.getFirst().path("movedBytes").asLong();
    long second = backups.getLast().path("movedBytes").asLong();
    assertThat(second).isPositive().isLessThan(first / 10);
  }

  private void schedule(String schedule, String query) {
    world.note(
        world
            .admin()
            .json(
                "PUT", "/v1/admin/backup-schedule" + query, "{\"schedule\":\"" + schedule + "\"}"));
  }

  @When("the operator asks what the schedule {string} would mean")
  public void asks(String schedule) {
    schedule(schedule, "?dryRun=true");
  }

  @When("the operator sets the schedule {string}")
  public void sets(String schedule) {
    schedule(schedule, "");
  }

  @Then("the next run is in {int} hours at most")
  public void nextRun(int hours) {
    Instant next = Instant.parse(world.last().json().path("nextRun").asText());
    assertThat(next).isBefore(Instant.now().plus(Duration.ofHours(hours)).plusSeconds(5));
    assertThat(world.last().json().path("applied").asBoolean()).isFalse();
  }

  @When("one file of the backup loses its last byte")
  public void damage() throws IOException {
    try (Stream<Path> packs = Files.list(world.backupFolder().resolve("packs"))) {
      damaged = packs.sorted().findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length - 1));
  }

  @Then("verifying the backup is refused and names the file")
  public void verifyRefused() {
    Wire.Answer answer = world.admin().send("POST", BACKUPS + "/" + id() + ":verify");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("detail").asText()).contains(damaged.getFileName().toString());
  }

  @Then("restoring it is refused and names the file")
  public void restoreRefused() {
    assertThatThrownBy(() -> world.restoreFromBackup(id()))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining(damaged.getFileName().toString());
  }

  /** Ends writes that a failed step left going on. */
  @After
  public void end() {
    writing.set(false);
  }
}
