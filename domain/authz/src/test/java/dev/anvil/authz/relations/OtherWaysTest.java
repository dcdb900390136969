package dev.anvil.authz.relations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value that does not convert leaves one condition without an answer, not the question. */
@Tag("fast")
class OtherWaysTest {
  private static final String BAD = "{\"t\":\"yesterday\"}";
  private AuthzWorld world;

  @BeforeEach
  void start() {
    world = new AuthzWorld();
    world.schema(
        AuthzWorld.COMMON
            + """
            caveat until(t timestamp) { t < timestamp("2023-10-11T10:00:00Z") }
            caveat within(d duration) { d == duration("90.5s") }
            caveat zero(x double) { 1.0 / x > 0.0 }
            definition doc {
              relation early: user with until
              relation brief: user with within
              relation none: user with zero
              relation always: user
              relation held: user with until
              permission view = early + always
              permission both = early & always
              permission open = always - held
            }
            """);
    world.touch("doc:1#early@user:u[until]", "doc:1#held@user:v[until]");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void anotherWayStillCounts() {
    assertThat(world.check("doc:1#view@user:u", BAD)).isEqualTo("CaveatContextInvalid");
    world.touch("doc:1#always@user:u", "doc:1#always@user:v");
    assertThat(world.check("doc:1#view@user:u", BAD)).isEqualTo("T");
    assertThat(world.objects("view", "user:u", BAD)).containsExactly("1");
    assertThat(world.check("doc:1#both@user:u", BAD)).isEqualTo("CaveatContextInvalid");
    assertThat(world.check("doc:2#both@user:u", BAD)).isEqualTo("F");
  }

  @Test
  void whatIsTakenAwayByItIsNeverLetThrough() {
    world.touch("doc:1#always@user:v");
    assertThat(world.check("doc:1#open@user:v", BAD)).isEqualTo("CaveatContextInvalid");
    assertThat(world.check("doc:1#open@user:w", BAD)).isEqualTo("F");
  }

  @Test
  void durationsAsOtherEnginesWriteThem() {
    world.touch("doc:1#brief@user:u[within]");
    for (String d :
        List.of("1m30.5s", "+90.5s", "90500ms", "90500000\u00b5s", "90.500s", "1.5m.5s")) {
      assertThat(world.check("doc:1#brief@user:u", "{\"d\":\"" + d + "\"}")).as(d).isEqualTo("T");
    }
    for (String d : List.of("90.5", "s", ".s", "1m 30s", "--1s")) {
      assertThat(world.check("doc:1#brief@user:u", "{\"d\":\"" + d + "\"}"))
          .as(d)
          .isEqualTo("CaveatContextInvalid");
    }
  }

  @Test
  void zeroHasNoSign() {
    world.touch("doc:1#none@user:u[zero]");
    assertThat(world.check("doc:1#none@user:u", "{\"x\":\"-0.0\"}")).isEqualTo("T");
  }
}
