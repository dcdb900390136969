package dev.anvil.authz.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids of the names of the server's own types, the same for every tenant. Only ever appended to. */
final class SystemNames {
  /** First id of a tenant's own names. */
  static final int FIRST_OWN = 1_000;

  static final int BUCKET = 1;
  static final int FOLDER = 2;
  static final int OBJECT = 3;
  static final int INDEX = 4;
  static final int DATABASE = 5;
  static final int TENANT = 6;

  private static final List<String> NAMES =
      List.of(
          "anvil/bucket",
          "anvil/folder",
          "anvil/object",
          "anvil/index",
          "anvil/database",
          "anvil/tenant",
          "anvil/app",
          "anvil/user",
          "anvil/public",
          "anvil/group",
          "member",
          "admin",
          "manage",
          "tenant",
          "owner",
          "reader",
          "writer",
          "lister",
          "banned",
          "read",
          "write",
          "delete",
          "list",
          "parent",
          "see",
          "bucket",
          "query",
          "committer",
          "watcher",
          "commit",
          "watch");

  private static final AuthzRecords.Nest GROUPS =
      new AuthzRecords.Nest(NAMES.indexOf("anvil/group") + 1, NAMES.indexOf("member") + 1);

  private SystemNames() {}

  /** The relation whose closure is kept without being asked for. */
  static AuthzRecords.Nest groups() {
    return GROUPS;
  }

  static Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      ids.put(NAMES.get(i), i + 1);
    }
    return ids;
  }
}
