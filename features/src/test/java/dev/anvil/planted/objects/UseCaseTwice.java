package dev.anvil.planted.objects;

/** A use case with two doors. */
public final class UseCaseTwice {
  public record Command(String name) {}

  public record Result(String name) {}

  public Result run(Command command) {
    return new Result(command.name());
  }

  public void undo() {}
}
