package dev.anvil.identity;

/** Finds a tenant by the ways in which S3 names accounts. Whoever names one rightly may know it. */
public final class FindAccount {
  /** How an account is named. */
  public enum By {
    /** Canonical user id. */
    CANONICAL_ID,
    /** Twelve digits, or the name of the tenant. */
    NUMBER_OR_NAME,
    /** Internal id, in decimal digits. */
    INTERNAL_ID
  }

  /** How, and the text. */
  public record Command(By by, String text) {}

  /**
   * The account.
   *
   * @param tenantId internal id, or -1 if there is none
   * @param name name of the tenant; null if there is none
   */
  public record Result(long tenantId, String name) {}

  private final Accounts accounts;

  /** Looks accounts up there. */
  public FindAccount(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Needs no right. */
  public Result execute(Call call, Command command) {
    long id =
        switch (command.by()) {
          case CANONICAL_ID -> accounts.byCanonicalId(command.text());
          case NUMBER_OR_NAME -> accounts.byNumberOrName(command.text());
          case INTERNAL_ID -> Long.parseLong(command.text());
        };
    String name = id < 0 ? null : accounts.name(id);
    return new Result(name == null ? -1 : id, name);
  }
}
