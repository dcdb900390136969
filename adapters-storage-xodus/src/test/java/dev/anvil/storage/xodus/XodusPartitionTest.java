package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.PartitionContract;
import dev.anvil.ports.testkit.PartitionFailureContract;
import dev.anvil.ports.testkit.PartitionHistoryContract;
import dev.anvil.ports.testkit.PartitionJournalContract;
import dev.anvil.ports.testkit.PartitionLimitsContract;
import dev.anvil.ports.testkit.PartitionModelContract;
import dev.anvil.ports.testkit.PartitionValuesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The partition's promises on this engine. */
class XodusPartitionTest {
  @TempDir Path folder;

  private Engine open() {
    return XodusEngine.open(folder.resolve("p0"), XodusOptions.defaults());
  }

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
