package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unauthenticated;

/** Lets administrators of the deployment through, and nobody else. */
final class Admins {
  private Admins() {}

  static void require(Call call) {
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs the admin credential; send it as bearer");
    }
    if (!call.caller().admin()) {
      throw new Denied("only an administrator of the deployment may do this");
    }
  }
}
