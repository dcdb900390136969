package dev.anvil.bench.relations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON over HTTP. */
final class Wire {
  private static final JsonMapper JSON = new JsonMapper();

  private Wire() {}

  static Request post(String path, ObjectNode body) {
    return Request.of("POST", path)
        .header("Content-Type", "application/json")
        .with(body.toString());
  }

  static Answer expect(RawHttp http, Request request) throws IOException {
    Answer answer = http.send(request);
    if (!answer.ok()) {
      throw new IOException(request.method() + " " + request.target() + ": " + answer);
    }
    return answer;
  }

  static JsonNode json(Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  static ObjectNode object(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text);
  }

  /** The first groups of all places that match. */
  static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher m = pattern.matcher(text); m.find(); ) {
      found.add(m.group(1));
    }
    return found;
  }
}
