package dev.anvil.features.backend.memory;

import dev.anvil.features.steps.Scenario;
import io.cucumber.java.After;
import io.cucumber.java.Before;

/** Chooses the engine of every scenario of this suite. */
public final class MemoryHooks {
  private final Scenario scenario = new Scenario();

  /** Before the steps' own hooks. */
  @Before(order = 0)
  public void begin() {
    scenario.beginInMemory();
  }

  /** After the steps' own hooks. */
  @After(order = 0)
  public void end() {
    scenario.end();
  }
}
