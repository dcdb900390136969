package dev.anvil.planted.objects;

/** A use case that can be extended. */
public class UseCaseOpen {
  public record Command(String name) {}

  public record Result(String name) {}

  public Result run(Command command) {
    return new Result(command.name());
  }
}
