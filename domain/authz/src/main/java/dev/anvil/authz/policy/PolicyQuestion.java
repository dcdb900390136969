package dev.anvil.authz.policy;

import dev.anvil.identity.Caller;
import java.util.List;
import java.util.Locale;

/**
 * What a policy is asked.
 *
 * @param caller who
 * @param actions what, all of it; for example {@code s3:GetObject}
 * @param resource to what: {@code bucket} or {@code bucket/key}; null for many keys at once
 * @param values what the request says of keys
 */
public record PolicyQuestion(
    Caller caller, List<String> actions, String resource, KeyValues values) {
  /** In lower case, as patterns of actions are. */
  public PolicyQuestion {
    actions = actions.stream().map(a -> a.toLowerCase(Locale.ROOT)).toList();
  }
}
