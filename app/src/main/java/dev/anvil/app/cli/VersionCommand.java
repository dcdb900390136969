package dev.anvil.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Versions of the parts. */
@Command(name = "version", description = "print the versions of the server and its parts")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Out out = new Out(spec);
    out.line("anvil    " + own());
    out.line("java     " + Runtime.version());
    out.line("rocksdb  " + org.rocksdb.RocksDB.rocksdbVersion());
    out.line("os       " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return 0;
  }

  static String own() {
    String packaged = VersionCommand.class.getPackage().getImplementationVersion();
    return packaged == null ? "unpackaged" : packaged;
  }
}
