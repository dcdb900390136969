package dev.anvil.bench.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RelationTest {
  @Test
  void everyFormOfTheDataIsRead() {
    assertThat(Relation.parse("document:1#viewer@user:x1[within]"))
        .isEqualTo(new Relation("document", "1", "viewer", "user", "x1", null, "within"));
    assertThat(Relation.parse("group:1#member@group:2#member"))
        .isEqualTo(new Relation("group", "1", "member", "group", "2", "member", null));
  }

  @Test
  void oursWritesWhatWasRead() {
    PeerShape shape = new PeerShape(0.01);
    StringBuilder texts = new StringBuilder();
    shape.each(text -> {
      Request request = new AnvilTalk("t").write(List.of(Relation.parse(text)));
      String body = new String(((Request.Bytes) request.body()).bytes(), StandardCharsets.UTF_8);
      if (!body.contains(text)) {
        texts.append(text);
      }
    });
    assertThat(texts.toString()).isEmpty();
  }

  @Test
  void questionsKnowWhatTheDataSay() {
    PeerShape shape = new PeerShape(1);
    Asks asks = new Asks(shape);
    SplittableRandom random = new SplittableRandom(1);
    assertThat(asks.some(random, 40))
        .filteredOn(ask -> ask.expected() != null)
        .hasSizeGreaterThan(20);
    assertThat(asks.conditional(random).hour()).isIn(10, 20);
  }
}
