package dev.anvil.authz;

import dev.anvil.authz.PublicGrants.ObjectStanding;
import dev.anvil.authz.PublicGrants.Standing;
import dev.anvil.authz.policy.KeyValues;
import dev.anvil.identity.Accounts;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values of condition keys for one question; tags of the object are looked up when asked for. */
final class PolicyValues implements KeyValues {
  private static final String EXISTING_TAG = "s3:existingobjecttag/";

  private final PublicGrants grants;
  private final Standing standing;
  private final Call call;
  private final Resource resource;
  private boolean looked;
  private ObjectStanding object;

  PolicyValues(PublicGrants grants, Standing standing, Call call, Resource resource) {
    this.grants = grants;
    this.standing = standing;
    this.call = call;
    this.resource = resource;
  }

  /** Text of the id of the version whose tags were asked for; null if none were. */
  String version() {
    return object == null ? null : object.version();
  }

  @Override
  public String one(String key) {
    if (key.startsWith(EXISTING_TAG)) {
      return tag(key.substring(EXISTING_TAG.length()));
    }
    Caller caller = call.caller();
    return switch (key) {
      case "aws:principalaccount" -> caller.anonymous() ? null : Accounts.number(caller.tenantId());
      case "aws:principalarn" ->
          caller.anonymous()
              ? null
              : "arn:aws:iam::" + Accounts.number(caller.tenantId()) + ":user/" + caller.clientId();
      case "aws:principaltype" -> caller.anonymous() ? "Anonymous" : "User";
      case "aws:resourceaccount", "s3:resourceaccount" -> Accounts.number(standing.tenantId());
      case "aws:userid", "aws:username" -> caller.anonymous() ? null : caller.clientId();
      case "s3:prefix" -> prefix(call.circumstances().facts().value(key));
      case "s3:versionid" -> resource instanceof Resource.Key k ? k.version() : null;
      default -> call.circumstances().facts().value(key);
    };
  }

  @Override
  public List<String> all(String key) {
    if (key.equals("s3:requestobjecttagkeys")) {
      return call.circumstances().facts().values(key);
    }
    String one = one(key);
    return one == null ? List.of() : List.of(one);
  }

  private String prefix(String said) {
    return resource instanceof Resource.Prefix p && p.prefix().length > 0
        ? new String(p.prefix(), StandardCharsets.UTF_8)
        : said;
  }

  private String tag(String name) {
    if (!looked && resource instanceof Resource.Key k) {
      looked = true;
      object = grants.object(k.bucket(), standing, k.key(), k.version());
    }
    return object == null ? null : object.tags().get(name);
  }
}
