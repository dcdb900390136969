package dev.anvil.identity;

import dev.anvil.ports.failure.Unauthenticated;
import java.util.function.Supplier;

/** Finds the administrator of an admin credential. */
public final class AuthenticateAdmin {
  /** Name under which the holder of the credential acts. */
  public static final String NAME = "root";

  private final Supplier<AdminCredential.Digest> digest;

  /** The digest is asked for at each use, so that a rotated credential counts at once. */
  public AuthenticateAdmin(Supplier<AdminCredential.Digest> digest) {
    this.digest = digest;
  }

  /** The credential as it came, without the word Bearer. */
  public record Command(String credential) {
    @Override
    public String toString() {
      return "Command[hidden]";
    }
  }

  /** Who calls. */
  public record Result(Caller caller) {}

  /**
   * Nobody has to be proved to be calling: the command holds the credential.
   *
   * @throws Unauthenticated if it is not the credential of this deployment
   */
  public Result execute(Call call, Command command) {
    String given = command.credential();
    boolean fits = given != null && given.length() <= IdentityLimits.MAX_SECRET;
    if (!digest.get().matches(fits ? given : "") || !fits) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this is not the admin credential of this server");
    }
    return new Result(Caller.admin(NAME));
  }
}
