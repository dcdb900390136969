package dev.anvil.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.json.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Strict JSON on Jackson's streaming API: UTF-8 only, no byte order mark, no duplicate names, no
 * depth over {@value #MAX_DEPTH}, no number longer than {@value #MAX_NUMBER_CHARS} characters, no
 * half surrogate pairs. Numbers keep the digits they came with; nothing is read as a double.
 */
public final class JacksonJsonDocuments implements JsonDocuments {
  /** Deepest nesting of objects and arrays. */
  public static final int MAX_DEPTH = 64;

  /** Longest number, in characters. */
  public static final int MAX_NUMBER_CHARS = 1_000;

  /** Longest string and the longest document; callers bound theirs well below. */
  public static final int MAX_DOCUMENT_BYTES = 64 << 20;

  /**
   * Names of one object, and names of a document that is patched, arrays aside: each costs memory
   * of many times its text.
   */
  public static final int MAX_NAMES = 250_000;

  private static final int SHOWN_CHARS = 200;

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_DOCUMENT_BYTES)
                  .maxNameLength(MAX_DOCUMENT_BYTES)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  @Override
  public byte[] compact(byte[] document) {
    return read(document, false, JacksonJsonDocuments::copyValue);
  }

  @Override
  public byte[] compactObject(byte[] document) {
    return read(document, true, JacksonJsonDocuments::copyValue);
  }

  @Override
  public byte[] mergePatch(byte[] target, byte[] patch) {
    JsonNode was = node(target);
    JsonNode change = node(patch);
    ByteArrayOutputStream out = new ByteArrayOutputStream(target.length + patch.length);
    try (JsonGenerator generator = factory.createGenerator(out)) {
      JsonNode.merge(was, change).write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private JsonNode node(byte[] document) {
    JsonNode[] found = new JsonNode[1];
    read(
        document,
        false,
        (parser, generator) -> found[0] = JsonNode.read(parser, factory, new int[1]));
    return found[0];
  }

  /**
   * Does something with the value the parser stands on, and leaves it on the value's last token.
   */
  private interface Step {
    void on(JsonParser parser, JsonGenerator generator) throws IOException;
  }

  private byte[] read(byte[] document, boolean objectOnly, Step step) {
    if (document.length > MAX_DOCUMENT_BYTES) {
      throw new Invalid(
          Invalid.Reason.JSON,
          "the document has " + document.length + " bytes; at most " + MAX_DOCUMENT_BYTES);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(document.length);
    try (JsonParser parser = factory.createParser(text(document));
        JsonGenerator generator = factory.createGenerator(out)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw invalid("the document is empty", parser.currentLocation());
      }
      if (objectOnly && first != JsonToken.START_OBJECT) {
        throw invalid("the document must be a JSON object", parser.currentTokenLocation());
      }
      step.on(parser, generator);
      if (parser.nextToken() != null) {
        throw invalid("more follows after the document", parser.currentTokenLocation());
      }
    } catch (JsonProcessingException e) {
      throw invalid(said(e), e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be read", e);
    }
    return out.toByteArray();
  }

  static void copyValue(JsonParser parser, JsonGenerator out) throws IOException {
    int depth = 0;
    int[] names = new int[MAX_DEPTH + 1];
    for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
      if (token == null) {
        throw new IllegalStateException("the parser ended inside a value without an error");
      }
      switch (token) {
        case START_OBJECT -> {
          out.writeStartObject();
          depth++;
          names[depth] = 0;
        }
        case START_ARRAY -> {
          out.writeStartArray();
          depth++;
        }
        case END_OBJECT -> {
          out.writeEndObject();
          depth--;
        }
        case END_ARRAY -> {
          out.writeEndArray();
          depth--;
        }
        case FIELD_NAME -> {
          requireFew(++names[depth], parser);
          out.writeFieldName(whole(parser, parser.currentName()));
        }
        case VALUE_STRING -> out.writeString(whole(parser, parser.getText()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(token == JsonToken.VALUE_TRUE);
        case VALUE_NULL -> out.writeNull();
        case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("no token " + token + " in a text");
      }
      if (depth == 0) {
        return;
      }
    }
  }

  static void requireFew(int names, JsonParser parser) {
    if (names > MAX_NAMES) {
      throw invalid("more than " + MAX_NAMES + " names", parser.currentTokenLocation());
    }
  }

  /** The string, if it is Unicode: an escape may have smuggled in half of a surrogate pair. */
  static String whole(JsonParser parser, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        throw invalid("a string holds half of a surrogate pair", parser.currentTokenLocation());
      }
    }
    return text;
  }

  /** The parser's words without those about its own settings. */
  private static String said(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int inside = message.indexOf(" (start marker");
    return inside < 0 ? message : message.substring(0, inside);
  }

  private static String text(byte[] document) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      throw new Invalid(Invalid.Reason.JSON, "the document is not UTF-8; send JSON in UTF-8");
    }
  }

  private static Invalid invalid(String why, JsonLocation at) {
    String shown = why.length() <= SHOWN_CHARS ? why : why.substring(0, SHOWN_CHARS) + "...";
    int line = at == null ? 1 : at.getLineNr();
    int column = at == null ? 1 : at.getColumnNr();
    return new Invalid(
        Invalid.Reason.JSON,
        "not acceptable JSON at line " + line + ", column " + column + ": " + shown,
        Map.of("line", line, "column", column));
  }
}
