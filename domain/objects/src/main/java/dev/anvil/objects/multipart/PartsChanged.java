package dev.anvil.objects.multipart;

/** Parts changed between their check and the commit that relied on it; check again. */
final class PartsChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PartsChanged() {
    super("parts changed while they were checked", null, false, false);
  }
}
