package dev.anvil.ports.duties;

/** Stable name of a duty, for example {@code sweep/3}: kind and, where it has one, partition. */
public record DutyName(String value) {
  /** Refuses what could not be a path of a coordination service. */
  public DutyName {
    if (!value.matches("[a-z][a-z0-9-]{0,30}(/[a-z0-9-]{1,64})?")) {
      throw new IllegalArgumentException("duty name " + value + " is not kind or kind/instance");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
