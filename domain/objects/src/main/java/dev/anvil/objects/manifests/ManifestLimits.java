package dev.anvil.objects.manifests;

/** Bounds of manifests, by name. */
public final class ManifestLimits {
  /** Bytes of a manifest. */
  public static final int MAX_BYTES = 256 << 10;

  /** Names of one page of a list. */
  public static final int MAX_PAGE = 1_000;

  private ManifestLimits() {}
}
