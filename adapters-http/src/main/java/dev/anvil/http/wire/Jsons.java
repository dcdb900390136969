package dev.anvil.http.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.ports.failure.Invalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of the API's own documents: strict in, absent instead of null out. */
public final class Jsons {
  private static final int MAX_DEPTH = 64;

  private static final int POOLED_BUFFERS = 64;

  /** Jackson's own pool is one a thread, and a virtual thread lives for one request. */
  private static final RecyclerPool<BufferRecycler> BUFFERS =
      JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS);

  /** Three bytes of text can make an object of a hundred: so what they are is bounded too. */
  private static final int MAX_TOKENS = 200_000;

  private Jsons() {}

  /**
   * Refuses unknown and duplicate names, wrong types, depth and elements of lists that are null.
   */
  public static ObjectMapper strict() {
    var mapper =
        JsonMapper.builder(JsonFactory.builder().recyclerPool(BUFFERS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .withConfigOverride(
                List.class, o -> o.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxTokenCount(MAX_TOKENS)
                .build());
    return mapper;
  }

  /** What Jackson says, without its class names and without the document. */
  public static Invalid invalid(JsonProcessingException failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    JsonLocation at = failure.getLocation();
    if (at != null) {
      fields.put("line", at.getLineNr());
      fields.put("column", at.getColumnNr());
    }
    String what = "it is not the JSON this operation takes";
    if (failure instanceof UnrecognizedPropertyException unknown) {
      fields.put("name", unknown.getPropertyName());
      what = "the name '" + unknown.getPropertyName() + "' is unknown";
    } else if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String name = mapping.getPath().getLast().getFieldName();
      if (name != null) {
        fields.put("name", name);
        what = "the value of '" + name + "' has the wrong type or shape";
      }
    } else if (!(failure instanceof JsonMappingException)) {
      what = "it is not well-formed";
    }
    return new Invalid(
        Invalid.Reason.JSON,
        "The JSON body is refused"
            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
            + ": "
            + what
            + ".",
        fields);
  }
}
