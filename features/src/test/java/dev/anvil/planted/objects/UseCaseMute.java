package dev.anvil.planted.objects;

/** A use case without an answer. */
public final class UseCaseMute {
  public record Command(String name) {}

  public void run(Command command) {}
}
