package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Names a target, or gives one that is there another URL and another secret; for administrators.
 */
public final class PutTarget {
  /**
   * What to name.
   *
   * @param name 1 to 64 of {@code [a-z0-9-]}
   * @param url http or https, with a host, without user and fragment
   * @param tenant whose buckets may name it; null for everybody's
   */
  public record Command(String name, String url, String tenant) {}

  /**
   * The target.
   *
   * @param target as it is kept
   * @param secret what its messages are signed with; shown only now
   */
  public record Result(Target target, String secret) {
    @Override
    public String toString() {
      return "Result[target=" + target.name() + "]";
    }
  }

  private final TargetBook book;
  private final RandomGenerator random;

  /** In this book; the generator is of cryptographic strength. */
  public PutTarget(TargetBook book, RandomGenerator random) {
    this.book = book;
    this.random = random;
  }

  /** Durable when it returns. */
  public Result execute(Call call, Command command) {
    Admins.require(call);
    URI url = url(command);
    byte[] bytes = new byte[NotifyLimits.SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Target target =
        book.partitions()
            .directory()
            .write(tx -> {
              byte[] key = NotifyRecords.target(command.name());
              if (tx.get(key) == null && TargetBook.all(tx).size() >= NotifyLimits.MAX_TARGETS) {
                throw new LimitExceeded(
                    LimitExceeded.Reason.TOO_LARGE,
                    "a deployment has at most " + NotifyLimits.MAX_TARGETS + " targets",
                    Map.of("limit", NotifyLimits.MAX_TARGETS));
              }
              Target made =
                  new Target(
                      command.name(),
                      url,
                      book.seal(command.name(), secret),
                      command.tenant(),
                      tx.committedAt().truncatedTo(ChronoUnit.MILLIS));
              tx.put(key, made.toBytes());
              return made;
            })
            .value();
    return new Result(target, secret);
  }

  private static URI url(Command command) {
    if (command.name() == null || !command.name().matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "a target's name has 1 to 64 of a-z, 0-9 and '-'");
    }
    String text = command.url() == null ? "" : command.url();
    if (text.length() > NotifyLimits.MAX_URL) {
      throw bad("has at most " + NotifyLimits.MAX_URL + " characters");
    }
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!http
          || url.getHost() == null
          || url.getUserInfo() != null
          || url.getFragment() != null) {
        throw bad("is http or https, names a host, and has no user and no fragment");
      }
      return url;
    } catch (URISyntaxException e) {
      throw bad("is no URL: " + e.getReason());
    }
  }

  private static Invalid bad(String why) {
    return new Invalid(Invalid.Reason.ARGUMENT, "the URL of a target " + why);
  }
}
