package dev.anvil.identity;

/**
 * The actions a scope names: {@code *}, {@code family:*} or {@code family:verb}. Families and verbs
 * are known ones; in this record a {@code *} stands for every one.
 */
record ActionPattern(String family, String verb) {
  static final ActionPattern ALL = new ActionPattern("*", "*");

  /** The pattern, or null if it is malformed or names an action that does not exist. */
  static ActionPattern parse(String text) {
    if (text.equals("*")) {
      return ALL;
    }
    int colon = text.indexOf(':');
    if (colon < 0 || !Action.isFamily(text.substring(0, colon))) {
      return null;
    }
    String family = text.substring(0, colon);
    String verb = text.substring(colon + 1);
    return verb.equals("*") || Action.byText(text) != null ? new ActionPattern(family, verb) : null;
  }

  static ActionPattern of(Action action) {
    return new ActionPattern(action.family(), action.verb());
  }

  boolean covers(ActionPattern other) {
    return family.equals("*")
        || family.equals(other.family) && (verb.equals("*") || verb.equals(other.verb));
  }

  boolean covers(Action action) {
    return family.equals("*")
        || family.equals(action.family()) && (verb.equals("*") || verb.equals(action.verb()));
  }

  String text() {
    return family.equals("*") ? "*" : family + ":" + verb;
  }
}
