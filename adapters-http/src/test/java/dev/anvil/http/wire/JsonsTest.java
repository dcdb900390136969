package dev.anvil.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class JsonsTest {
  record Inner(List<String> names) {}

  record Document(List<Inner> items, Map<String, Object> context) {}

  private final ObjectMapper strict = Jsons.strict();

  @Test
  void listsHoldNoNull() throws JsonProcessingException {
    for (String text : List.of("{\"items\":[null]}", "{\"items\":[{\"names\":[\"a\",null]}]}")) {
      assertThatThrownBy(() -> strict.readValue(text, Document.class))
          .as(text)
          .isInstanceOf(JsonProcessingException.class);
    }
    assertThat(strict.readValue("{\"items\":null}", Document.class).items()).isNull();
    String free = "{\"context\":{\"a\":null,\"b\":[null]}}";
    assertThat(strict.readValue(free, Document.class).context()).containsKeys("a", "b");
  }
}
