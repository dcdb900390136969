package dev.anvil.http.use;

import dev.anvil.identity.Call;

/**
 * The one public method of a use case, as a driving adapter sees it: {@code putObject::execute}.
 *
 * @param <C> command
 * @param <R> result
 */
@FunctionalInterface
public interface Use<C, R> {
  /** Runs it; throws {@link dev.anvil.ports.failure.AnvilException}. */
  R execute(Call call, C command);
}
