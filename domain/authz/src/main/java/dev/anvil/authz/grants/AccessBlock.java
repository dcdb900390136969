package dev.anvil.authz.grants;

/**
 * Four switches against what opens a bucket to the public.
 *
 * @param blockAcls whether lists that name the public are refused when they are set
 * @param ignoreAcls whether such lists count for nothing
 * @param blockPolicy whether a policy that is public is refused when it is set
 * @param restrictBuckets whether a policy that is public opens nothing to other accounts
 */
public record AccessBlock(
    boolean blockAcls, boolean ignoreAcls, boolean blockPolicy, boolean restrictBuckets) {
  /** Nothing is blocked. */
  public static final AccessBlock NONE = new AccessBlock(false, false, false, false);
}
