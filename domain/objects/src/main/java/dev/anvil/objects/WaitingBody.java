package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Groundwork;
import java.util.List;

/** Content that has its place once the groundwork of its commit is laid. */
sealed interface WaitingBody extends Groundwork, AutoCloseable permits HeldBody, WrittenBody {
  /** Bytes that wait in memory. */
  int inMemory();

  /** Where the bytes are; once the groundwork is laid. */
  VersionDraft.Content content();

  /** The body in the store, if it went there; for the write function, and when that has ended. */
  List<BodyId> stored();

  /** Lets go of what no groundwork was laid for; the commit has ended. */
  @Override
  void close();
}
