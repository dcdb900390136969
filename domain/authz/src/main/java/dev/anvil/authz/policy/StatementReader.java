package dev.anvil.authz.policy;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Invalid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the statements of one policy. */
final class StatementReader {
  private static final String ARN = "arn:aws:s3:::";
  private static final String IF_EXISTS = "IfExists";
  private static final String ANY = "ForAnyValue:";
  private static final String ALL = "ForAllValues:";
  private static final Set<String> KNOWN =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  /** Null for a policy that was set before. */
  private final BucketName bucket;

  private final PrincipalReader principals;
  private boolean variables;
  private int values;
  private int told;

  StatementReader(BucketName bucket, PrincipalReader principals) {
    this.bucket = bucket;
    this.principals = principals;
  }

  Map<String, Long> accounts() {
    return principals.accounts();
  }

  /** A statement; resources and texts of its conditions may hold variables, if they are said to. */
  Statement read(Map<String, Object> sent, boolean withVariables) {
    this.variables = withVariables;
    PolicyParser.only(sent, KNOWN, "a statement");
    if (sent.get("Sid") != null && !(sent.get("Sid") instanceof String)) {
      throw PolicyParser.malformed("Sid must be a string");
    }
    boolean allow = "Allow".equals(sent.get("Effect"));
    if (!allow && !"Deny".equals(sent.get("Effect"))) {
      throw new Invalid(
          Invalid.Reason.POLICY,
          "Invalid effect: " + sent.get("Effect"),
          Map.of("effect", String.valueOf(sent.get("Effect"))));
    }
    boolean otherPrincipals = either(sent, "Principal", "NotPrincipal");
    if (allow && otherPrincipals) {
      throw PolicyParser.malformed("NotPrincipal can be used with the effect Deny only");
    }
    boolean otherActions = either(sent, "Action", "NotAction");
    boolean otherResources = either(sent, "Resource", "NotResource");
    List<String> actions = actions(sent.get(otherActions ? "NotAction" : "Action"));
    List<Template> resources = resources(sent.get(otherResources ? "NotResource" : "Resource"));
    Principals who = principals.read(sent.get(otherPrincipals ? "NotPrincipal" : "Principal"));
    List<Condition> conditions = conditions(sent.get("Condition"));
    if (bucket != null && !otherActions) {
      requireTelling(actions, conditions);
    }
    // a stored policy was found to meet its bucket when it was set
    if (bucket != null && !otherActions && !otherResources) {
      requireMeeting(actions, resources);
    }
    return new Statement(
        allow, who, otherPrincipals, actions, otherActions, resources, otherResources, conditions);
  }

  /** Whether the second of two names is there; exactly one must be. */
  private static boolean either(Map<String, Object> sent, String name, String other) {
    boolean first = sent.get(name) != null;
    if (first == (sent.get(other) != null)) {
      throw PolicyParser.malformed(
          first
              ? name + " and " + other + " exclude each other"
              : "Missing required field " + name);
    }
    return !first;
  }

  private List<String> actions(Object sent) {
    List<String> patterns = new ArrayList<>();
    for (String text : texts(sent, "Action")) {
      String pattern = text.toLowerCase(Locale.ROOT);
      if (!PolicyActions.known(pattern)) {
        throw new Invalid(
            Invalid.Reason.POLICY, "Policy has invalid action: " + text, Map.of("action", text));
      }
      patterns.add(pattern);
    }
    return List.copyOf(patterns);
  }

  private List<Template> resources(Object sent) {
    List<Template> patterns = new ArrayList<>();
    for (String text : texts(sent, "Resource")) {
      String pattern = text.startsWith(ARN) ? text.substring(ARN.length()) : "";
      int slash = pattern.indexOf('/');
      String ofBucket = slash < 0 ? pattern : pattern.substring(0, slash);
      if (bucket != null && !Wildcards.match(ofBucket, bucket.value())) {
        throw new Invalid(
            Invalid.Reason.POLICY,
            "Policy has invalid resource: " + text,
            Map.of("resource", text, "bucket", bucket.value()));
      }
      patterns.add(template(pattern));
    }
    return List.copyOf(patterns);
  }

  /** Every action must be one that can be done to one of the resources. */
  private void requireMeeting(List<String> actions, List<Template> resources) {
    List<String> texts = resources.stream().map(Template::toString).toList();
    boolean ofBucket = texts.stream().anyMatch(r -> Wildcards.match(r, bucket.value()));
    boolean ofObjects = texts.stream().anyMatch(r -> r.indexOf('/') >= 0 || r.endsWith("*"));
    for (String action : actions) {
      boolean meets =
          ofBucket && PolicyActions.reaches(action, PolicyActions.On.BUCKET)
              || ofObjects && PolicyActions.reaches(action, PolicyActions.On.OBJECT);
      if (!meets) {
        throw new Invalid(
            Invalid.Reason.POLICY,
            "Action does not apply to any resource(s) in statement",
            Map.of("action", action));
      }
    }
  }

  /** Requests of every action must be able to tell what the conditions ask for. */
  private static void requireTelling(List<String> actions, List<Condition> conditions) {
    for (Condition condition : conditions) {
      for (String action : actions) {
        if (!PolicyActions.tells(action, condition.key())) {
          throw new Invalid(
              Invalid.Reason.POLICY,
              "Conditions do not apply to combination of actions and resources in statement",
              Map.of("action", action, "key", condition.key()));
        }
      }
    }
  }

  private List<Condition> conditions(Object sent) {
    if (sent == null) {
      return List.of();
    }
    List<Condition> all = new ArrayList<>();
    PolicyParser.object(sent, "Condition")
        .forEach((name, keys) ->
            PolicyParser.object(keys, name)
                .forEach((key, value) -> all.add(condition(name, key, value))));
    return List.copyOf(all);
  }

  private Template template(String text) {
    Template template = variables ? Template.parse(text) : Template.plain(text);
    told += template.variables();
    if (told > PolicyLimits.MAX_VARIABLES) {
      throw PolicyParser.malformed(
          "a policy has at most " + PolicyLimits.MAX_VARIABLES + " variables");
    }
    return template;
  }

  private Condition condition(String name, String key, Object value) {
    Condition.Over over =
        name.startsWith(ANY)
            ? Condition.Over.ANY
            : name.startsWith(ALL) ? Condition.Over.ALL : Condition.Over.ONE;
    String single = over == Condition.Over.ONE ? name : name.substring(name.indexOf(':') + 1);
    boolean ifExists = single.endsWith(IF_EXISTS);
    Operator operator =
        Operator.named(
            ifExists ? single.substring(0, single.length() - IF_EXISTS.length()) : single);
    boolean alone = ifExists || over != Condition.Over.ONE;
    if (operator == null || alone && operator == Operator.NULL) {
      throw new Invalid(
          Invalid.Reason.POLICY, "Invalid Condition type : " + name, Map.of("condition", name));
    }
    String known = ConditionKeys.of(key);
    if (known == null) {
      throw new Invalid(
          Invalid.Reason.POLICY, "Policy has an invalid condition key: " + key, Map.of("key", key));
    }
    List<Template> wanted = new ArrayList<>();
    for (String one : texts(value, key)) {
      if (!operator.takes(one)) {
        throw refused(operator, one, name, key);
      }
      wanted.add(operator.takesVariables() ? template(one) : Template.plain(one));
    }
    return new Condition(operator, over, ifExists, known, List.copyOf(wanted));
  }

  private static Invalid refused(Operator operator, String value, String name, String key) {
    boolean address = operator == Operator.IP || operator == Operator.NOT_IP;
    return new Invalid(
        Invalid.Reason.POLICY,
        address
            ? "Invalid IP address in Conditions: " + value
            : "Invalid value '" + value + "' for condition " + name + " on " + key,
        Map.of("value", value, "condition", name));
  }

  private List<String> texts(Object sent, String what) {
    List<String> texts = new ArrayList<>();
    for (Object one : PolicyParser.list(sent)) {
      String text =
          switch (one) {
            case String s -> s;
            case Boolean b -> b.toString();
            case BigDecimal n -> n.toPlainString();
            case null, default ->
                throw PolicyParser.malformed(what + " holds something other than text");
          };
      if (++values > PolicyLimits.MAX_VALUES) {
        throw PolicyParser.malformed("a policy has at most " + PolicyLimits.MAX_VALUES + " values");
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw PolicyParser.malformed(
          what.equals("Resource") ? "Policy has invalid resource" : what + " is empty");
    }
    return List.copyOf(texts);
  }
}
