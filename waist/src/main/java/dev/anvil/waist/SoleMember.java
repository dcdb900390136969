package dev.anvil.waist;

import dev.anvil.ports.cluster.Member;
import dev.anvil.ports.cluster.Members;
import dev.anvil.ports.duties.Registration;
import java.util.Set;
import java.util.function.Consumer;

/** The members of a deployment without a coordination service: the one node. */
public record SoleMember(Member self) implements Members {
  @Override
  public Set<Member> now() {
    return Set.of(self);
  }

  @Override
  public Registration watch(Consumer<Set<Member>> listener) {
    listener.accept(now());
    return () -> {};
  }
}
