package dev.anvil.objects.sealing;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Arrays;

/**
 * How the bytes of a version are encrypted, as its record says.
 *
 * @param wrapped the version's key under the bucket's or the customer's; not changed by who holds
 *     it
 * @param customerMd5 base64 MD5 of the customer's key; null if the server's keys were used
 */
public record Sealing(byte[] wrapped, String customerMd5) {
  private static final int FORMAT = 1;
  private static final int SERVER = 1;
  private static final int CUSTOMER = 2;

  /** Whether the customer's key is needed to read. */
  public boolean ofCustomer() {
    return customerMd5 != null;
  }

  /** Whether what tells of the bytes must stay hidden too; nothing hides what is not sealed. */
  public static boolean hides(Sealing sealing) {
    return sealing != null && sealing.ofCustomer();
  }

  /** As it is stored. */
  public byte[] toBytes() {
    return new RecordWriter(FORMAT)
        .u8(ofCustomer() ? CUSTOMER : SERVER)
        .blob(wrapped)
        .text(customerMd5)
        .toBytes();
  }

  /** The reverse of {@link #toBytes}. */
  public static Sealing of(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "sealing of a version", FORMAT);
    int kind = r.u8();
    byte[] wrapped = r.blob();
    String md5 = r.text();
    if (wrapped == null || kind != (md5 == null ? SERVER : CUSTOMER)) {
      throw new Corrupt("the sealing of a version is of kind " + kind + " or lacks its key");
    }
    return new Sealing(wrapped, md5);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Sealing s
        && Arrays.equals(wrapped, s.wrapped)
        && java.util.Objects.equals(customerMd5, s.customerMd5);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(wrapped);
  }

  @Override
  public String toString() {
    return "Sealing[" + (ofCustomer() ? "customer" : "server") + "]";
  }
}
