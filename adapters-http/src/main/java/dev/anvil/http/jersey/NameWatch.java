package dev.anvil.http.jersey;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Tells of every text at given places of a document while somebody else reads it. */
final class NameWatch extends JsonParserDelegate {
  private final List<String[]> places;
  private final Consumer<String> names;

  /** Places are members separated by dots; lists are passed over. */
  NameWatch(JsonParser parser, String[] places, Consumer<String> names) {
    super(parser);
    this.places = Arrays.stream(places).map(place -> place.split("\\.")).toList();
    this.names = names;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      for (String[] place : places) {
        if (isHere(place)) {
          names.accept(getText());
        }
      }
    }
    return token;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    // the reader underneath would skip them unseen
    int open = currentToken() != null && currentToken().isStructStart() ? 1 : 0;
    while (open > 0) {
      JsonToken token = nextToken();
      if (token == null) {
        return this;
      }
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return this;
  }

  /** Goes to the end of a document that its reader has given up. */
  void readRest() {
    try {
      while (nextToken() != null) {
        continue;
      }
    } catch (IOException e) {
      // not even JSON from here on; the reader's own complaint is the answer
      return;
    }
  }

  private boolean isHere(String[] place) {
    JsonStreamContext at = outOfLists(getParsingContext());
    for (int i = place.length - 1; i >= 0; i--) {
      if (at.inRoot() || !place[i].equals(at.getCurrentName())) {
        return false;
      }
      at = outOfLists(at.getParent());
    }
    return at.inRoot();
  }

  private static JsonStreamContext outOfLists(JsonStreamContext context) {
    JsonStreamContext at = context;
    while (at.inArray()) {
      at = at.getParent();
    }
    return at;
  }
}
