package dev.anvil.objects;

import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.Protection;

/**
 * What lies ahead of a version.
 *
 * @param protection what protects it
 * @param lockable whether its bucket has object lock
 * @param expiry when the bucket's lifecycle ends it; null for never
 */
public record Outlook(Protection protection, boolean lockable, LifecycleRules.Expiry expiry) {
  /** Nothing. */
  public static final Outlook NONE = new Outlook(Protection.NONE, false, null);
}
