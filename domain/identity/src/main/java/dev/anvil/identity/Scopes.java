package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A set of scopes in its smallest form: sorted, none covered by another. Immutable; two are equal
 * if they hold the same scopes.
 */
public final class Scopes {
  /** No authority. */
  public static final Scopes NONE = new Scopes(List.of());

  /** All authority. */
  public static final Scopes ALL = new Scopes(List.of(Scope.parse("*|*")));

  private final List<Scope> list;

  private Scopes(List<Scope> list) {
    this.list = list;
  }

  /** What any of the scopes allows. */
  public static Scopes of(Collection<Scope> scopes) {
    List<Scope> kept = new ArrayList<>();
    for (Scope scope : scopes) {
      keep(kept, scope);
    }
    return sorted(kept);
  }

  /**
   * Parses scopes with one space between each two, as in a token request.
   *
   * @throws Invalid InvalidTokenScope naming the piece that is malformed, or if there are more than
   *     {@link IdentityLimits#MAX_REQUESTED_SCOPES}
   */
  public static Scopes parse(String text) {
    return parse(text, IdentityLimits.MAX_REQUESTED_SCOPES);
  }

  static Scopes parse(String text, int max) {
    String[] pieces = text.split(" ", max + 1);
    if (pieces.length > max) {
      throw tooMany("a request names at most " + max + " scopes; ask for folders or fewer", max);
    }
    List<Scope> scopes = new ArrayList<>(pieces.length);
    for (String piece : pieces) {
      scopes.add(Scope.parse(piece));
    }
    return of(scopes);
  }

  /** Whether one scope allows the action on all that the resource stands for. */
  public boolean allows(Action action, ScopeResource resource) {
    for (Scope scope : list) {
      if (scope.allows(action, resource)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one scope allows everything the given one allows. */
  public boolean covers(Scope asked) {
    for (Scope scope : list) {
      if (scope.covers(asked)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Exactly what both sets allow.
   *
   * @throws Invalid InvalidTokenScope if it takes more than {@link IdentityLimits#MAX_TOKEN_SCOPES}
   */
  public Scopes intersect(Scopes other) {
    List<Scope> kept = new ArrayList<>();
    for (Scope mine : list) {
      for (Scope theirs : other.list) {
        Scope both = mine.intersect(theirs);
        if (both != null) {
          keep(kept, both);
        }
        if (kept.size() > IdentityLimits.MAX_INTERMEDIATE_SCOPES) {
          throw tooMany();
        }
      }
    }
    if (kept.size() > IdentityLimits.MAX_TOKEN_SCOPES) {
      throw tooMany();
    }
    return sorted(kept);
  }

  private static Invalid tooMany() {
    int max = IdentityLimits.MAX_TOKEN_SCOPES;
    return tooMany("more than " + max + " scopes are left of the request; ask for fewer", max);
  }

  private static Invalid tooMany(String detail, int max) {
    return new Invalid(Invalid.Reason.TOKEN_SCOPE, detail, Map.of("maxScopes", max));
  }

  private static void keep(List<Scope> kept, Scope scope) {
    for (Scope k : kept) {
      if (k.covers(scope)) {
        return;
      }
    }
    kept.removeIf(scope::covers);
    kept.add(scope);
  }

  private static Scopes sorted(List<Scope> kept) {
    return kept.isEmpty() ? NONE : new Scopes(kept.stream().sorted().toList());
  }

  /** Whether nothing is allowed. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** The scopes, sorted by text. */
  public List<Scope> list() {
    return list;
  }

  /** The scopes with one space between each two; empty for none. */
  public String text() {
    return list.stream().map(Scope::text).collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes scopes && list.equals(scopes.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
