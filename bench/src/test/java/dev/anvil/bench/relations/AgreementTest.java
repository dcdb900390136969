package dev.anvil.bench.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.bench.authz.PeerShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class AgreementTest {
  private static final Predicate<String> RIGHT = ask -> !ask.contains("expected=false");

  private final List<FakeServer> servers = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Asks asks = new Asks(new PeerShape(1));

  @AfterEach
  void end() {
    servers.forEach(FakeServer::close);
  }

  private Stand stand(String name, Predicate<String> rule, int missing) throws IOException {
    FakeServer server = new FakeServer(name, rule, missing);
    servers.add(server);
    return new Stand(server, 1);
  }

  private List<String> agreed(Stand... stands) throws IOException {
    return new Agreement(asks, new SplittableRandom(1))
        .of(List.of(stands), remarks::add).stream().map(s -> s.server().name()).toList();
  }

  @Test
  void thoseThatAnswerAlikeStay() throws IOException {
    assertThat(agreed(stand("anvil xodus", RIGHT, 0), stand("spicedb", RIGHT, 0)))
        .containsExactly("anvil xodus", "spicedb");
    assertThat(remarks).isEmpty();
  }

  @Test
  void aPeerThatAnswersOtherwiseIsLeftOutAndNamed() throws IOException {
    Predicate<String> other = ask -> RIGHT.test(ask) && !ask.contains("expected=null");
    assertThat(
            agreed(
                stand("anvil xodus", RIGHT, 0),
                stand("spicedb", other, 0),
                stand("openfga", RIGHT, 1)))
        .containsExactly("anvil xodus");
    assertThat(remarks).hasSize(2);
    assertThat(remarks.get(0)).contains("spicedb was left out", "others do not");
    assertThat(remarks.get(1)).contains("openfga lists 9 of 10");
  }

  @Test
  void oursMayNotContradictTheData() throws IOException {
    Stand wrong = stand("anvil rocksdb", ask -> true, 0);
    assertThatThrownBy(() -> agreed(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not say false");
  }

  @Test
  void aListThatIsNotWholeHasNoFigures() throws IOException {
    Trial trial = new Trial(Duration.ofMillis(1));
    Row list =
        Row.all(asks).stream()
            .filter(r -> r.name().equals(Row.list(1_000)))
            .findAny()
            .orElseThrow();
    assertThat(trial.run(list, stand("anvil xodus", RIGHT, 0), 0).ok()).isTrue();
    assertThat(trial.run(list, stand("spicedb", RIGHT, 1), 0).failure()).contains("not whole");
  }
}
