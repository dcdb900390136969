package dev.anvil.authz.schema;

import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatType;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * A compiled condition of a schema.
 *
 * @param name as declared
 * @param id interned
 * @param parameters types by name
 * @param program compiled
 */
public record Condition(
    String name, int id, SortedMap<String, CaveatType> parameters, CaveatProgram program) {
  /** Identity in hexadecimal. */
  public String hash() {
    return HexFormat.of().formatHex(program.identity());
  }
}
