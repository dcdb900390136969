package dev.anvil.http.route;

import dev.anvil.http.settings.HttpLimits;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How large a body the operation takes; without it, a JSON document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Body {
  /** The bound's kind. */
  Kind value();

  /** Kinds of bodies. */
  enum Kind {
    /** A small JSON document. */
    JSON,
    /** Records to append. */
    APPEND,
    /** A batch with bodies in it, or a patch. */
    BATCH,
    /** A form with credentials, read before anybody is known. */
    FORM,
    /** Bounded by the use case. */
    BYTES;

    /** Bytes at most. */
    public long limit(HttpLimits limits) {
      return switch (this) {
        case JSON -> limits.jsonBody();
        case APPEND -> limits.appendBody();
        case BATCH -> limits.batchBody();
        case FORM -> limits.formBody();
        case BYTES -> Long.MAX_VALUE;
      };
    }
  }
}
