package dev.anvil.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A node in the foreground. */
@Command(
    name = ServerCommand.NAME,
    description = {
      "run a node in the foreground; without any option a development node on loopback",
      "example: anvil server --data /srv/anvil --listen 127.0.0.1:7480"
    })
final class ServerCommand implements Callable<Integer> {
  static final String NAME = "server";

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions options;

  @Override
  public Integer call() throws InterruptedException {
    ServerRun.until(options, spec.commandLine().getOut(), spec.commandLine().getErr());
    return 0;
  }
}
