package dev.anvil.objects.rules;

/** How firmly a retention holds. The order is that of the stored form. */
public enum LockMode {
  /** Who may bypass it may shorten it and remove the version. */
  GOVERNANCE,
  /** Nobody shortens it, nobody removes the version before its end. */
  COMPLIANCE
}
