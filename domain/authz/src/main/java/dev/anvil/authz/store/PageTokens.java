package dev.anvil.authz.store;

import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Arrays;
import java.util.Base64;

/** Where the next page of a list starts: bound to request, tenant and revision, and sealed. */
public final class PageTokens {
  private static final int MAX_CHARS = 8 << 10;
  private static final int SEAL = 16;

  private final Relationships relationships;

  /** Sealed with the key of revision tokens. */
  public PageTokens(Relationships relationships) {
    this.relationships = relationships;
  }

  /**
   * Where to go on.
   *
   * @param consistency exactly the first page's revision, or what was asked for the first
   * @param after null for the first page
   */
  public record Place(Consistency consistency, byte[] after) {}

  /**
   * The place of a token, or the start without one.
   *
   * @param scope hash of the request without its page
   * @throws Invalid InvalidPageToken
   */
  public Place open(Owner owner, byte[] scope, String token, Consistency first) {
    if (token == null) {
      return new Place(first, null);
    }
    byte[] all;
    try {
      all = token.length() > MAX_CHARS ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    if (all.length <= SEAL) {
      throw refused();
    }
    byte[] body = Arrays.copyOf(all, all.length - SEAL);
    byte[] seal = Arrays.copyOfRange(all, body.length, all.length);
    if (!relationships.tokens().sealed(body, seal)) {
      throw refused();
    }
    try {
      RecordReader r = new RecordReader(body, "page token", 1);
      byte[] of = r.blob();
      long tenant = r.i64();
      String revision = r.text();
      if (!Arrays.equals(of, scope) || tenant != owner.id()) {
        throw refused();
      }
      return new Place(new Consistency.Exact(revision), r.blob());
    } catch (Corrupt e) {
      throw refused();
    }
  }

  /** The token of the page after this one. */
  public String next(Owner owner, byte[] scope, String revision, byte[] after) {
    byte[] body =
        new RecordWriter(1).blob(scope).i64(owner.id()).text(revision).blob(after).toBytes();
    byte[] all = Arrays.copyOf(body, body.length + SEAL);
    System.arraycopy(relationships.tokens().seal(body), 0, all, body.length, SEAL);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private static Invalid refused() {
    return new Invalid(
        Invalid.Reason.PAGE_TOKEN,
        "the page token is not one of this list; send the token of the page before with the same"
            + " question, or start anew without one");
  }
}
