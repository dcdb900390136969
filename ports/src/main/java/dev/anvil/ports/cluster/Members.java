package dev.anvil.ports.cluster;

import dev.anvil.ports.duties.Registration;
import java.util.Set;
import java.util.function.Consumer;

/** The members of the deployment, as far as this process knows. */
public interface Members {
  /** Those known now, this one included while its session stands. */
  Set<Member> now();

  /**
   * Tells the members now and after every change, one call at a time, on a thread of the giver; a
   * listener returns soon.
   */
  Registration watch(Consumer<Set<Member>> listener);
}
