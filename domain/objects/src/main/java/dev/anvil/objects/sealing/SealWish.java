package dev.anvil.objects.sealing;

/**
 * What a writer says of the encryption of its bytes.
 *
 * @param server whether the server's keys shall be used
 * @param customer key of the customer, or null
 */
public record SealWish(boolean server, CustomerKey customer) {
  /** Nothing is said: as the bucket says. */
  public static final SealWish NONE = new SealWish(false, null);

  /** Under the server's keys. */
  public static final SealWish SERVER = new SealWish(true, null);

  /** Under the customer's key. */
  public static SealWish of(CustomerKey key) {
    return new SealWish(false, key);
  }
}
