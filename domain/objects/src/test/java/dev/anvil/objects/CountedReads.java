package dev.anvil.objects;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** Partitions that count what snapshots read: gets, and entries and seeks of scans. */
final class CountedReads implements Partitions {
  private final Partitions inner;
  private long reads;

  CountedReads(Partitions inner) {
    this.inner = inner;
  }

  long reads() {
    return reads;
  }

  @Override
  public int count() {
    return inner.count();
  }

  @Override
  public Partition get(PartitionId id) {
    Partition real = inner.get(id);
    return (Partition)
        Proxy.newProxyInstance(
            Partition.class.getClassLoader(),
            new Class<?>[] {Partition.class},
            (proxy, method, args) -> {
              try {
                if (method.getName().equals("read")) {
                  @SuppressWarnings("unchecked")
                  Function<ReadTx, Object> f = (Function<ReadTx, Object>) args[0];
                  return real.read(tx -> f.apply(counted(tx)));
                }
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private ReadTx counted(ReadTx tx) {
    return new ReadTx() {
      @Override
      public byte[] get(byte[] key) {
        reads++;
        return tx.get(key);
      }

      @Override
      public EntryCursor scan(KeyRange range, Order order) {
        reads++;
        EntryCursor c = tx.scan(range, order);
        return new EntryCursor() {
          @Override
          public boolean next() {
            reads++;
            return c.next();
          }

          @Override
          public byte[] key() {
            return c.key();
          }

          @Override
          public byte[] value() {
            return c.value();
          }

          @Override
          public void close() {
            c.close();
          }
        };
      }

      @Override
      public long revision() {
        return tx.revision();
      }

      @Override
      public long cursor() {
        return tx.cursor();
      }
    };
  }
}
