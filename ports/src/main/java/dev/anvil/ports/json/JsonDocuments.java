package dev.anvil.ports.json;

/** JSON documents as UTF-8 bytes. All methods refuse duplicate names and depth over 64. */
public interface JsonDocuments {
  /**
   * Parses and writes without insignificant white space, names in the order they came.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidJson with line and column
   */
  byte[] compact(byte[] document);

  /** As {@link #compact}, and refuses anything but an object at the top. */
  byte[] compactObject(byte[] document);

  /** RFC 7396: the target after the patch; both compacted. */
  byte[] mergePatch(byte[] target, byte[] patch);
}
