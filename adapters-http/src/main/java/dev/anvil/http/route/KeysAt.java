package dev.anvil.http.route;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The document names keys of objects at these places, members separated by dots and lists passed
 * over: {@code items.key}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KeysAt {
  /** The places. */
  String[] value();
}
