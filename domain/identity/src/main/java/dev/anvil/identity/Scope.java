package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One piece of authority, {@code action|resource}, for example {@code object:read|bucket:docs/a/*}.
 * Two scopes are equal if their canonical texts are.
 */
public final class Scope implements Comparable<Scope> {
  private static final int SHOWN_CHARS = 200;

  private final ActionPattern action;
  private final ScopeResource resource;
  private final String text;

  private Scope(ActionPattern action, ScopeResource resource) {
    this.action = action;
    this.resource = resource;
    this.text = action.text() + "|" + resource.text();
  }

  /**
   * Parses the text form.
   *
   * @throws Invalid InvalidTokenScope naming the scope, the piece that is wrong and the rule
   */
  public static Scope parse(String text) {
    if (text == null) {
      throw malformed("", "a scope is missing; write 'action|resource'");
    }
    if (text.length() > IdentityLimits.MAX_SCOPE_BYTES) {
      throw malformed(
          text, "a scope has at most " + IdentityLimits.MAX_SCOPE_BYTES + " bytes; grant a folder");
    }
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw malformed(text, "it has no '|'; write 'action|resource'");
    }
    ActionPattern action = ActionPattern.parse(text.substring(0, bar));
    if (action == null) {
      throw malformed(
          text,
          "'"
              + shortened(text.substring(0, bar))
              + "' is no action; write 'family:verb', 'family:*' or '*'");
    }
    ScopeResource resource;
    try {
      resource = ScopeResourceParser.parse(text.substring(bar + 1));
    } catch (ScopeResourceParser.Malformed e) {
      throw malformed(
          text, "resource '" + shortened(text.substring(bar + 1)) + "' " + e.getMessage());
    }
    Scope scope = new Scope(action, resource);
    if (scope.text.getBytes(StandardCharsets.UTF_8).length > IdentityLimits.MAX_SCOPE_BYTES) {
      throw malformed(
          text, "a scope has at most " + IdentityLimits.MAX_SCOPE_BYTES + " bytes; grant a folder");
    }
    return scope;
  }

  /** Exactly one action on what the resource stands for. */
  public static Scope of(Action action, ScopeResource resource) {
    return new Scope(ActionPattern.of(action), resource);
  }

  /** Whether it allows the action on all that the resource stands for. */
  public boolean allows(Action asked, ScopeResource on) {
    return action.covers(asked) && resource.covers(on);
  }

  /** Whether it allows everything the other allows. */
  public boolean covers(Scope other) {
    return action.covers(other.action) && resource.covers(other.resource);
  }

  /** What both allow, or null if nothing. */
  public Scope intersect(Scope other) {
    ActionPattern both =
        action.covers(other.action) ? other.action : other.action.covers(action) ? action : null;
    ScopeResource on = resource.intersect(other.resource);
    return both == null || on == null ? null : new Scope(both, on);
  }

  /** What it stands on. */
  public ScopeResource resource() {
    return resource;
  }

  /** Canonical text. */
  public String text() {
    return text;
  }

  private static Invalid malformed(String scope, String why) {
    String shown = shortened(scope);
    return new Invalid(
        Invalid.Reason.TOKEN_SCOPE,
        "scope '" + shown + "' is malformed: " + why,
        Map.of("scope", shown));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
  }

  @Override
  public int compareTo(Scope other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope scope && text.equals(scope.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
