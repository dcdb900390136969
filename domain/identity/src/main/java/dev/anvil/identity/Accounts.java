package dev.anvil.identity;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Tenants as S3 knows them: accounts with a canonical user id, an account number and a name. All
 * applications of a tenant share them, as the users of an AWS account do. Ids are of the tenant's
 * internal id: a tenant of an old name is another account.
 */
public final class Accounts {
  /** Canonical user id of who sends no credentials, as AWS shows it. */
  public static final String NOBODY = "65a011a29cdf8ec533ec3d1ccaae921c";

  private final IdentityDirectory directory;

  /** Looks tenants up there. */
  public Accounts(IdentityDirectory directory) {
    this.directory = directory;
  }

  /** Sixty-four hexadecimal digits. */
  public static String canonicalId(long tenantId) {
    byte[] name = ("anvil-account:" + tenantId).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Credentials.sha256(name));
  }

  /** Twelve digits. */
  public static String number(long tenantId) {
    return "%012d".formatted(tenantId);
  }

  /** Internal id of the tenant with this canonical user id, or -1. */
  public long byCanonicalId(String id) {
    return idOf(directory.tenantByCanonicalId(id));
  }

  /** Internal id of the tenant with this account number or name, or -1. */
  public long byNumberOrName(String text) {
    if (text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      Tenant found = directory.tenant(Long.parseLong(text));
      if (found != null) {
        return found.id();
      }
    }
    return idOf(directory.tenant(text));
  }

  /** Internal id of the tenant of an application, or -1. */
  public long ofApplication(String clientId) {
    KnownApplication known = directory.application(clientId);
    return known == null ? -1 : known.application().tenantId();
  }

  /** Name of a tenant, or null if it is gone. */
  public String name(long tenantId) {
    Tenant found = directory.tenant(tenantId);
    return found == null ? null : found.name();
  }

  private static long idOf(Tenant tenant) {
    return tenant == null ? -1 : tenant.id();
  }
}
