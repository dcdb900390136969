package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.failure.WrongState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds the caller of a request signed with an application's secret, as Signature V4 does it. The
 * secret stays here; keys derived from it are remembered, so that an envelope is opened once a day
 * and not at every request. Application, secret and tenant are looked at every time.
 */
public final class AuthenticateSignature {
  private final IdentityDirectory directory;
  private final Credentials credentials;
  private final Map<KeyName, SigningKey> remembered = new ConcurrentHashMap<>();
  private final LongAdder signed = new LongAdder();

  /** On this directory, opening secrets with these credentials. */
  public AuthenticateSignature(IdentityDirectory directory, Credentials credentials) {
    this.directory = directory;
    this.credentials = credentials;
  }

  /**
   * A signature and what it is said to be of.
   *
   * @param clientId access key id
   * @param date eight digits, checked by the caller against its clock
   * @param region as in the scope of the signature
   * @param service as in the scope of the signature
   * @param text string to sign; its characters are its bytes
   * @param signature lower-case hexadecimal digits
   */
  public record Command(
      String clientId, String date, String region, String service, String text, String signature) {}

  /** What came of it. */
  public enum Outcome {
    /** The signature holds. */
    PROVED,
    /** There is no application of this id, or none that may call. */
    UNKNOWN_CLIENT,
    /** No secret of the application made the signature. */
    WRONG_SIGNATURE
  }

  /**
   * Who calls.
   *
   * @param outcome what came of it; S3 says aloud which part was wrong, as its clients expect
   * @param caller anonymous unless proved
   * @param key the key that signed, for signatures that follow in the body; null unless proved
   */
  public record Result(Outcome outcome, Caller caller, SigningKey key) {}

  private record KeyName(
      String clientId, String secretId, String date, String region, String service) {}

  /**
   * Nobody has to be proved to be calling: the command holds the signature.
   *
   * @throws WrongState TenantSuspended, only to who signed rightly
   */
  public Result execute(Call call, Command command) {
    KnownApplication known =
        command.clientId().length() > IdentityLimits.MAX_CLIENT_ID
            ? null
            : directory.application(command.clientId());
    Application application = known == null ? null : known.application();
    Tenant tenant = application == null ? null : directory.tenant(application.tenant());
    boolean stands =
        tenant != null
            && tenant.id() == application.tenantId()
            && !tenant.deleting()
            && !application.revoked();
    SigningKey key = stands ? proving(application, command) : proving(null, command);
    if (key != null) {
      requireActive(tenant);
      Caller caller =
          Caller.application(tenant.id(), tenant.name(), application.clientId(), known.scopes());
      return new Result(Outcome.PROVED, caller, key);
    }
    return new Result(
        stands ? Outcome.WRONG_SIGNATURE : Outcome.UNKNOWN_CLIENT, Caller.ANONYMOUS, null);
  }

  /**
   * The key that made the signature, or null. Whoever fails costs the same, the unknown too: as
   * many signatures are made as an application can have secrets.
   */
  private SigningKey proving(Application application, Command command) {
    List<LiveSecret> secrets = application == null ? List.of() : application.secrets();
    for (int i = 0; i < IdentityLimits.MAX_LIVE_SECRETS; i++) {
      boolean real = i < secrets.size();
      String client = real ? application.clientId() : Credentials.NOBODY;
      SigningKey key = key(client, real ? secrets.get(i) : credentials.dummy(), command);
      signed.increment();
      if (key.signed(command.text(), command.signature()) && real) {
        return key;
      }
    }
    return null;
  }

  /** How many signatures were made for comparison. */
  long signaturesMade() {
    return signed.sum();
  }

  private SigningKey key(String clientId, LiveSecret secret, Command command) {
    KeyName name =
        new KeyName(clientId, secret.id(), command.date(), command.region(), command.service());
    SigningKey key = remembered.get(name);
    if (key == null) {
      key =
          credentials.signingKey(
              clientId, secret, command.date(), command.region(), command.service());
      if (remembered.size() >= IdentityLimits.MAX_REMEMBERED_KEYS) {
        remembered.clear();
      }
      remembered.put(name, key);
    }
    return key;
  }

  private static void requireActive(Tenant tenant) {
    if (tenant.suspended()) {
      throw new WrongState(
          WrongState.Reason.TENANT_SUSPENDED, "the tenant is suspended; ask an administrator");
    }
  }
}
