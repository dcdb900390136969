package dev.anvil.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Everything a caller may be allowed to do: a family and a verb. */
public enum Action {
  /** {@code bucket:create}. */
  BUCKET_CREATE("bucket", "create"),
  /** {@code bucket:read}. */
  BUCKET_READ("bucket", "read"),
  /** {@code bucket:update}. */
  BUCKET_UPDATE("bucket", "update"),
  /** {@code bucket:delete}. */
  BUCKET_DELETE("bucket", "delete"),
  /** {@code bucket:list}. */
  BUCKET_LIST("bucket", "list"),
  /** {@code object:read}. */
  OBJECT_READ("object", "read"),
  /** {@code object:write}. */
  OBJECT_WRITE("object", "write"),
  /** {@code object:delete}. */
  OBJECT_DELETE("object", "delete"),
  /** {@code object:list}. */
  OBJECT_LIST("object", "list"),
  /** {@code index:create}. */
  INDEX_CREATE("index", "create"),
  /** {@code index:read}. */
  INDEX_READ("index", "read"),
  /** {@code index:update}. */
  INDEX_UPDATE("index", "update"),
  /** {@code index:delete}. */
  INDEX_DELETE("index", "delete"),
  /** {@code index:query}. */
  INDEX_QUERY("index", "query"),
  /** {@code index:watch}. */
  INDEX_WATCH("index", "watch"),
  /** {@code authz:schema_read}. */
  AUTHZ_SCHEMA_READ("authz", "schema_read"),
  /** {@code authz:schema_write}. */
  AUTHZ_SCHEMA_WRITE("authz", "schema_write"),
  /** {@code authz:tuple_read}. */
  AUTHZ_TUPLE_READ("authz", "tuple_read"),
  /** {@code authz:tuple_write}. */
  AUTHZ_TUPLE_WRITE("authz", "tuple_write"),
  /** {@code authz:check}. */
  AUTHZ_CHECK("authz", "check"),
  /** {@code authz:watch}. */
  AUTHZ_WATCH("authz", "watch"),
  /** {@code authz:act_as}. */
  AUTHZ_ACT_AS("authz", "act_as"),
  /** {@code authz:context}. */
  AUTHZ_CONTEXT("authz", "context"),
  /** {@code policy:read}. */
  POLICY_READ("policy", "read"),
  /** {@code policy:write}. */
  POLICY_WRITE("policy", "write"),
  /** {@code policy:grant}. */
  POLICY_GRANT("policy", "grant"),
  /** {@code personaldb:create}. */
  PERSONALDB_CREATE("personaldb", "create"),
  /** {@code personaldb:read}. */
  PERSONALDB_READ("personaldb", "read"),
  /** {@code personaldb:watch}. */
  PERSONALDB_WATCH("personaldb", "watch"),
  /** {@code personaldb:commit}. */
  PERSONALDB_COMMIT("personaldb", "commit"),
  /** {@code personaldb:admin}. */
  PERSONALDB_ADMIN("personaldb", "admin"),
  /** {@code watch:read}. */
  WATCH_READ("watch", "read"),
  /** {@code admin:read}. */
  ADMIN_READ("admin", "read"),
  /** {@code admin:write}. */
  ADMIN_WRITE("admin", "write"),
  /** {@code repair:read}. */
  REPAIR_READ("repair", "read"),
  /** {@code repair:run}. */
  REPAIR_RUN("repair", "run");

  private static final Map<String, Action> BY_NAME = new HashMap<>();
  private static final Set<String> FAMILIES = new HashSet<>();

  static {
    for (Action action : values()) {
      BY_NAME.put(action.text(), action);
      FAMILIES.add(action.family);
    }
  }

  private final String family;
  private final String verb;

  Action(String family, String verb) {
    this.family = family;
    this.verb = verb;
  }

  /** The part before the colon. */
  public String family() {
    return family;
  }

  /** The part after the colon. */
  public String verb() {
    return verb;
  }

  /** As in a scope, for example {@code object:read}. */
  public String text() {
    return family + ":" + verb;
  }

  /** The action of this text, or null. */
  static Action byText(String text) {
    return BY_NAME.get(text);
  }

  /** Whether some action has this family. */
  static boolean isFamily(String family) {
    return FAMILIES.contains(family);
  }
}
