package dev.anvil.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class HomeJsonTest {
  private static final String IDENTITY =
      "{\"format\":1,\"deploymentId\":\"00ff\",\"incarnation\":2,\"partitions\":16,"
          + "\"engine\":\"xodus\",\"createdAt\":\"2026-01-01T00:00:00Z\"}\n";
  private static final String BOOT =
      "{\"count\":3,\"nonce\":\"ab\",\"previous\":{\"count\":2,\"nonce\":\"cd\"}}\n";

  @Test
  void recordsAreReadAndWrittenAsEverBefore() throws Exception {
    Identity identity = new Identity(1, "00ff", 2, 16, "xodus", "2026-01-01T00:00:00Z");
    assertThat(HomeJson.identity(IDENTITY)).isEqualTo(identity);
    assertThat(HomeJson.text(identity)).isEqualTo(IDENTITY);
    StorageHome.Boot before = new StorageHome.Boot(2, "cd", null);
    StorageHome.Boot boot = new StorageHome.Boot(3, "ab", before);
    assertThat(HomeJson.text(boot)).isEqualTo(BOOT);
    assertThat(HomeJson.boot(BOOT)).isEqualTo(new StorageHome.Boot(3, "ab", null));
    assertThat(HomeJson.boot("{\"count\":7}")).isEqualTo(new StorageHome.Boot(7, null, null));
    assertThat(HomeJson.text(new StorageHome.Boot(7, null, null))).isEqualTo("{\"count\":7}\n");
  }

  @Test
  void whatIsNoSuchRecordIsDamaged() {
    for (String text :
        List.of(
            "",
            "null",
            "[]",
            "{",
            IDENTITY + "{}",
            IDENTITY.replace("\"format\":1,", ""),
            IDENTITY.replace("1,", "1.5,"),
            IDENTITY.replace(":16", ":\"16\""),
            IDENTITY.replace(":16", ":null"),
            IDENTITY.replace(":16", ":99999999999"),
            IDENTITY.replace("\"xodus\"", "null"),
            IDENTITY.replace("\"00ff\"", "5"),
            IDENTITY.replace("\"engine\"", "\"later\":1,\"engine\""))) {
      assertThatThrownBy(() -> HomeJson.identity(text))
          .as(text)
          .isInstanceOf(HomeJson.Damaged.class);
    }
    for (String text : List.of("null", "{}", "{\"count\":null}", "{\"count\":1,\"later\":2}")) {
      assertThatThrownBy(() -> HomeJson.boot(text)).as(text).isInstanceOf(HomeJson.Damaged.class);
    }
  }
}
