package dev.anvil.authz;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;

/** Hears of attempts to touch the reserved namespace, as they are refused. Must not throw. */
@FunctionalInterface
public interface RefusalLog {
  /** The identity is in the call where it is known. */
  void reservedNamespaceRefused(Call call, Action action, Resource resource);
}
