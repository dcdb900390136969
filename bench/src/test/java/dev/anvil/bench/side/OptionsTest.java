package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Arguments of the comparison. */
@Tag("fast")
class OptionsTest {
  @Test
  void argumentsOverrideWhatQuickSays() {
    Options options =
        Options.parse(
            new String[] {"--rows", "LIST", "--quick", "--rounds", "2", "--peers", "none"});
    assertThat(options.rounds()).isEqualTo(2);
    assertThat(options.objects()).isEqualTo(10_000);
    assertThat(options.peers()).isEmpty();
    assertThat(options.engines()).containsExactly("xodus", "rocksdb");
    assertThat(Rows.all().stream().filter(r -> options.rows().matcher(r.name()).find())).hasSize(5);
  }

  @Test
  void whatIsUnknownOrTooSmallIsRefused() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--fast"})).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Options.parse(new String[] {"--rows"}))
        .hasMessageContaining("a value");
    assertThatThrownBy(() -> Options.parse(new String[] {"--objects", "1999"}))
        .hasMessageContaining("2,000 objects");
  }
}
