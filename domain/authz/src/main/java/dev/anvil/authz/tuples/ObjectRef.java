package dev.anvil.authz.tuples;

/**
 * An object.
 *
 * @param type name of its type
 * @param id 1..1152 bytes of UTF-8
 */
public record ObjectRef(String type, String id) {
  @Override
  public String toString() {
    return type + ":" + TupleText.escape(id);
  }
}
