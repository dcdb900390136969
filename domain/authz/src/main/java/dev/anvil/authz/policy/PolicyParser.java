package dev.anvil.authz.policy;

import dev.anvil.authz.values.Json;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads bucket policies. */
public final class PolicyParser {
  private static final Set<String> TOP = Set.of("Version", "Id", "Statement");
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

  private PolicyParser() {}

  /**
   * A policy that is about to be set.
   *
   * @param bucket all resources must lie in it
   * @param names finds whom it names
   * @throws Invalid MalformedPolicy naming what is not understood
   */
  public static Policy parse(String text, BucketName bucket, PrincipalNames names) {
    return parse(text, new StatementReader(bucket, new PrincipalReader(names)));
  }

  /**
   * A policy that was set before.
   *
   * @param accounts whom its principals named then
   * @throws Invalid MalformedPolicy if it could not have been set
   */
  public static Policy stored(String text, Map<String, Long> accounts) {
    return parse(text, new StatementReader(null, new PrincipalReader(accounts)));
  }

  private static Policy parse(String text, StatementReader reader) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > PolicyLimits.MAX_BYTES) {
      throw new Invalid(
          Invalid.Reason.POLICY,
          "Policy exceeds the maximum allowed document size: it has "
              + length
              + " bytes of at most "
              + PolicyLimits.MAX_BYTES,
          Map.of("bytes", length, "limit", PolicyLimits.MAX_BYTES));
    }
    Map<String, Object> top = object(read(text), "the policy");
    only(top, TOP, "the policy");
    Object version = top.get("Version");
    if (version != null && !(version instanceof String v && VERSIONS.contains(v))) {
      throw malformed("The policy must contain a valid version string, '2012-10-17'");
    }
    if (top.get("Id") != null && !(top.get("Id") instanceof String)) {
      throw malformed("Id must be a string");
    }
    boolean variables = "2012-10-17".equals(version);
    List<Statement> statements = new ArrayList<>();
    for (Object statement : list(top.get("Statement"))) {
      statements.add(reader.read(object(statement, "a statement"), variables));
    }
    if (statements.isEmpty()) {
      throw malformed(
          top.containsKey("Statement")
              ? "Could not parse the policy: Statement is empty!"
              : "Missing required field Statement");
    }
    if (statements.size() > PolicyLimits.MAX_STATEMENTS) {
      throw malformed("a policy has at most " + PolicyLimits.MAX_STATEMENTS + " statements");
    }
    return new Policy(text, reader.accounts(), statements);
  }

  private static Object read(String text) {
    if (!text.stripLeading().startsWith("{")) {
      throw malformed("Policies must be valid JSON and the first byte must be '{'");
    }
    try {
      return Json.read(text);
    } catch (Json.Malformed e) {
      throw malformed("This policy contains invalid Json: " + e.getMessage());
    }
  }

  static Map<String, Object> object(Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw malformed(what + " must be an object");
    }
    return Json.named(map);
  }

  /** One value or a list of them; nothing for null. */
  static List<Object> list(Object value) {
    if (value instanceof List<?> many) {
      return new ArrayList<>(many);
    }
    return value == null ? List.of() : List.of(value);
  }

  static void only(Map<String, Object> object, Set<String> known, String where) {
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        throw new Invalid(
            Invalid.Reason.POLICY,
            "Syntax errors in policy: '" + name + "' in " + where + " is not supported",
            Map.of("element", name));
      }
    }
  }

  static Invalid malformed(String message) {
    return new Invalid(Invalid.Reason.POLICY, message);
  }
}
