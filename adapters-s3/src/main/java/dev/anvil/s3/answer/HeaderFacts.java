package dev.anvil.s3.answer;

import dev.anvil.identity.RequestFacts;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a request says of itself by its headers. Some say the same in their body: conditions must
 * meet what is stored then, not headers that nobody reads.
 */
public interface HeaderFacts extends RequestFacts {
  /** The same request as if it had these headers. */
  RequestFacts over(HttpFields headers);
}
