package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The partition's promises on an engine. */
public abstract class PartitionSuite {
  /** Of the engine. */
  @TempDir protected Path folder;

  /** Opens the engine of this test's own folder; called again after a close. */
  protected abstract Engine open();

  @Nested
  class Basics extends PartitionContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class Values extends PartitionValuesContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class Limits extends PartitionLimitsContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class Journal extends PartitionJournalContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class Failure extends PartitionFailureContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class History extends PartitionHistoryContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }

  @Nested
  class Model extends PartitionModelContract {
    @Override
    protected Engine openEngine() {
      return open();
    }
  }
}
