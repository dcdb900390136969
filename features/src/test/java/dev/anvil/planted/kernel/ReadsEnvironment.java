package dev.anvil.planted.kernel;

/** Takes its settings from the air. */
public final class ReadsEnvironment {
  public String region() {
    return System.getenv("REGION");
  }
}
