package dev.anvil.planted.apidocs;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** An annotation that shapes the API document; to carry it is allowed. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Documented {
  /** What it says. */
  String value();
}
