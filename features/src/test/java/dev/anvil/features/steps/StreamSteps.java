package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.smoke.SignedStream;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Uploads in signed and unsigned chunks, right ones and damaged ones. */
public final class StreamSteps {
  private static final int SIZE = 20_000;

  private final World world = World.current();
  private int status;

  private SignedStream stream(String mode) {
    return new SignedStream(
        world.publicUrl(),
        new SignedStream.Signer(world.clientId(), world.clientSecret(), "us-east-1"),
        "a".repeat(SIZE),
        mode);
  }

  @When("{string} is streamed to {string} as {string}")
  public void streamed(String key, String bucket, String mode) {
    status = stream(mode).send(bucket, key, SignedStream.Damage.NONE);
  }

  @When("{string} is streamed to {string} as {string} with {string}")
  public void damaged(String key, String bucket, String mode, String damage) {
    status =
        stream(mode)
            .send(
                bucket,
                key,
                switch (damage) {
                  case "a flipped byte" -> SignedStream.Damage.FLIPPED;
                  case "a wrong chunk signature" -> SignedStream.Damage.SIGNATURE;
                  case "a wrong trailer checksum" -> SignedStream.Damage.CHECKSUM;
                  case "its end cut off" -> SignedStream.Damage.CUT;
                  default -> throw new AssertionError(damage);
                });
  }

  @Then("the stream is accepted and {string} in {string} is whole")
  public void accepted(String key, String bucket) {
    assertThat(status).isEqualTo(200);
    Wire.Answer answer = world.application().send("GET", ObjectSteps.path(bucket, key));
    assertThat(answer.text()).isEqualTo("a".repeat(SIZE));
  }

  @Then("the stream is refused and nothing of {string} is in {string}")
  public void refused(String key, String bucket) {
    assertThat(status).isIn(400, 403);
    Wire.Answer answer = world.application().send("GET", ObjectSteps.path(bucket, key));
    assertThat(answer.status()).isEqualTo(404);
    Wire.Answer list =
        world.application().send("GET", "/v1/buckets/" + bucket + "/versions?prefix=" + key);
    assertThat(list.json().path("versions")).isEmpty();
  }
}
