package dev.anvil.app;

import dev.anvil.app.cli.AnvilCommand;
import dev.anvil.app.logs.LogProvider;
import dev.anvil.client.http.ClientException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry point of the {@code anvil} command. */
public final class Main {
  private Main() {}

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    LogProvider.choose();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code;
    try {
      code = AnvilCommand.run(out, err, args);
    } catch (Error e) {
      // threads of a node that did not come up must not keep its process
      e.printStackTrace(err);
      code = ClientException.FAILED;
    }
    out.flush();
    err.flush();
    System.exit(code);
  }
}
