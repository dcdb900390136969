package dev.anvil.http.authz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.anvil.authz.relations.CheckBatch;
import dev.anvil.http.wire.Jsons;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import java.io.IOException;

/**
 * One place of a batch: a question, or why the document there is none. What is wrong with one
 * document is told at its place; only what is no JSON at all refuses the whole.
 *
 * @param item null if it is refused
 * @param refused null if it is not
 */
@JsonDeserialize(using = BatchItem.Reader.class)
record BatchItem(QuestionsApi.Item item, AnvilException refused) {
  CheckBatch.Asked asked() {
    if (refused != null) {
      return new CheckBatch.Asked(null, refused);
    }
    try {
      return new CheckBatch.Asked(item.question(), null);
    } catch (AnvilException e) {
      return new CheckBatch.Asked(null, e);
    }
  }

  /** Reads the tokens of one document apart, so that the next begins where it must. */
  static final class Reader extends JsonDeserializer<BatchItem> {
    @Override
    public BatchItem deserialize(JsonParser p, DeserializationContext context) throws IOException {
      try (TokenBuffer apart = context.bufferAsCopyOfValue(p);
          JsonParser own = apart.asParserOnFirstToken()) {
        return read(own, context);
      }
    }

    private static BatchItem read(JsonParser own, DeserializationContext context)
        throws IOException {
      try {
        return new BatchItem(context.readValue(own, QuestionsApi.Item.class), null);
      } catch (JsonProcessingException e) {
        return new BatchItem(null, told(e));
      }
    }

    /** A text that is malformed was refused in the words of the domain. */
    private static AnvilException told(JsonProcessingException e) {
      return e.getCause() instanceof AnvilException known ? known : Jsons.invalid(e);
    }

    @Override
    public BatchItem getNullValue(DeserializationContext context) {
      return new BatchItem(
          null, new Invalid(Invalid.Reason.JSON, "null is no question; send a document."));
    }
  }
}
