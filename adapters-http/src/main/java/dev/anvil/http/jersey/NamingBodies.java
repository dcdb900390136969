package dev.anvil.http.jersey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.route.KeysAt;
import dev.anvil.http.wire.Jsons;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** Reads documents that name keys, and notes the keys even of one that is refused. */
final class NamingBodies implements ReaderInterceptor {
  private final ObjectMapper mapper = Jsons.strict();

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    KeysAt keys = context.getType().getAnnotation(KeysAt.class);
    if (keys == null) {
      return context.proceed();
    }
    try (NameWatch document =
        new NameWatch(
            mapper.createParser(context.getInputStream()),
            keys.value(),
            Exchanges.of(context)::named)) {
      return read(document, context.getType());
    }
  }

  private Object read(NameWatch document, Class<?> type) throws IOException {
    try {
      // an empty body is no document, which the resource refuses in its own words
      return document.nextToken() == null ? null : mapper.readerFor(type).readValue(document);
    } catch (JsonProcessingException e) {
      document.readRest();
      throw e;
    }
  }
}
