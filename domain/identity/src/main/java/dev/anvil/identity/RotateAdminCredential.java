package dev.anvil.identity;

import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.AdminSecret;
import java.security.SecureRandom;

/** Makes a new admin credential; the one before counts no more; for administrators. */
public final class RotateAdminCredential {
  private final IdentityDirectory directory;
  private final AdminSecret secret;
  private final SecureRandom random;

  /** On this directory. */
  public RotateAdminCredential(
      IdentityDirectory directory, AdminSecret secret, SecureRandom random) {
    this.directory = directory;
    this.secret = secret;
    this.random = random;
  }

  /** Why; null for none. */
  public record Command(String reason) {}

  /** The new credential, shown this once; the node's own file has it too. */
  public record Result(String credential) {
    @Override
    public String toString() {
      return "Result[hidden]";
    }
  }

  /**
   * Returns when it is in force and recorded; the intent is recorded first.
   *
   * @throws WrongState SetByConfiguration if it comes from the settings
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String reason = Names.reason(command.reason());
    if (!secret.rotates()) {
      throw new WrongState(
          WrongState.Reason.SET_BY_CONFIGURATION,
          "the admin credential comes from the settings: set another there and restart");
    }
    directory.write(call, change -> change.record("credential.rotating", 0, "admin", "", reason));
    AdminCredential fresh = AdminCredential.generate(random);
    secret.replace(fresh.text());
    directory.write(call, change -> change.record("credential.rotated", 0, "admin", "", reason));
    return new Result(fresh.text());
  }
}
