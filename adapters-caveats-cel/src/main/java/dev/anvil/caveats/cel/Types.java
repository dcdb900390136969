package dev.anvil.caveats.cel;

import com.google.common.primitives.UnsignedLong;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.IpAddress;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Declared types and their values as the library knows them, and the functions it lacks. */
final class Types {
  private static final OpaqueType IP = OpaqueType.create("ipaddress");
  private static final String IN_CIDR = "ipaddress_in_cidr_string";
  private static final String SUBTREE = "map_is_subtree_of_map";
  private static final CelType ANY_MAP = MapType.create(SimpleType.STRING, SimpleType.DYN);

  static final List<CelFunctionDecl> FUNCTIONS =
      List.of(
          CelFunctionDecl.newFunctionDeclaration(
              "in_cidr",
              CelOverloadDecl.newMemberOverload(IN_CIDR, SimpleType.BOOL, IP, SimpleType.STRING)),
          CelFunctionDecl.newFunctionDeclaration(
              "isSubtreeOf",
              CelOverloadDecl.newMemberOverload(SUBTREE, SimpleType.BOOL, ANY_MAP, ANY_MAP)));

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from(IN_CIDR, IpAddress.class, String.class, IpAddress::in),
          CelFunctionBinding.from(SUBTREE, Map.class, Map.class, Types::subtree));

  private Types() {}

  static CelType of(CaveatType type) {
    return switch (type.kind()) {
      case ANY -> SimpleType.DYN;
      case BOOL -> SimpleType.BOOL;
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case UINT -> SimpleType.UINT;
      case DOUBLE -> SimpleType.DOUBLE;
      case BYTES -> SimpleType.BYTES;
      case DURATION -> SimpleType.DURATION;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case IPADDRESS -> IP;
      case LIST -> ListType.create(of(type.element()));
      case MAP -> MapType.create(SimpleType.STRING, of(type.element()));
    };
  }

  static Object value(CaveatType type, Object value) {
    return switch (type.kind()) {
      case ANY -> any(value);
      case UINT -> UnsignedLong.fromLongBits((Long) value);
      case BYTES -> CelByteString.of((byte[]) value);
      case LIST -> {
        List<Object> out = new ArrayList<>();
        ((List<?>) value).forEach(v -> out.add(value(type.element(), v)));
        yield out;
      }
      case MAP -> {
        Map<Object, Object> out = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((k, v) -> out.put(k, value(type.element(), v)));
        yield out;
      }
      case BOOL, STRING, INT, DOUBLE, DURATION, TIMESTAMP, IPADDRESS -> value;
    };
  }

  private static Object any(Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case List<?> list -> list.stream().map(Types::any).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> out.put(k, any(v)));
        yield out;
      }
      default -> value;
    };
  }

  /** Whether every entry of the first is in the second, maps inside likewise. */
  private static boolean subtree(Map<?, ?> part, Map<?, ?> whole) {
    for (Map.Entry<?, ?> e : part.entrySet()) {
      Object other = whole.get(e.getKey());
      boolean same =
          e.getValue() instanceof Map<?, ?> inner && other instanceof Map<?, ?> outer
              ? subtree(inner, outer)
              : whole.containsKey(e.getKey()) && Objects.equals(e.getValue(), other);
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
