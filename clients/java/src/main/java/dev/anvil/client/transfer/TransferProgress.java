package dev.anvil.client.transfer;

/** Told of bytes as they move, by any thread. */
public interface TransferProgress {
  /** Nobody looks on. */
  TransferProgress NONE =
      new TransferProgress() {
        @Override
        public void begin(long bytes) {}

        @Override
        public void already(long bytes) {}

        @Override
        public void add(long bytes) {}
      };

  /** Bytes in all, before any moves. */
  void begin(long bytes);

  /** Bytes that an earlier attempt moved. */
  void already(long bytes);

  /** Bytes moved just now; negative takes back what has to be moved again. */
  void add(long bytes);
}
