package dev.anvil.identity;

import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unauthenticated;

/** Lets administrators of the deployment through, and nobody whose authority comes from a scope. */
public final class AdminDoor {
  private AdminDoor() {}

  /** Refuses everybody else. */
  public static void require(Call call) {
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs the admin credential; send it as bearer");
    }
    if (!call.caller().admin()) {
      throw new Denied("only an administrator of the deployment may do this");
    }
  }
}
