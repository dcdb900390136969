package dev.anvil.features.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/**
 * Members that may not be called nor referred to.
 *
 * @param owner full class name, or * for any
 * @param members method names, {@code <init>} for constructors; empty means all
 */
record Banned(String owner, Set<String> members) {
  static Banned any(String owner) {
    return new Banned(owner, Set.of());
  }

  static Banned some(String owner, String... members) {
    return new Banned(owner, Set.of(members));
  }

  private boolean matches(JavaAccess<?> access) {
    return (owner.equals("*") || access.getTargetOwner().getName().equals(owner))
        && (members.isEmpty() || members.contains(access.getTarget().getName()));
  }

  /** A condition for {@code classes().should(...)}: one event for each forbidden access. */
  static ArchCondition<JavaClass> neverUse(String what, List<Banned> banned) {
    return new ArchCondition<>("never use " + what) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaAccess<?> access : item.getAccessesFromSelf()) {
          if (banned.stream().anyMatch(ban -> ban.matches(access))) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }
}
