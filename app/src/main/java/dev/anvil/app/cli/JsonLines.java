package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
import java.io.IOException;

/** Entries of a page that the server answered, for verbs that print one a line. */
final class JsonLines {
  private JsonLines() {}

  /** The entries under this name. */
  static JsonNode of(String page, String member) {
    try {
      return Json.read(page).path(member);
    } catch (IOException e) {
      throw new ClientException(ClientException.FAILED, "the answer is no JSON: " + e.getMessage());
    }
  }
}
