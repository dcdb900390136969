package dev.anvil.planted.bench;

import com.nimbusds.jose.JWSObject;
import dev.cel.runtime.CelRuntime;
import jakarta.ws.rs.core.Response;
import jetbrains.exodus.env.Environment;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.server.ResourceConfig;
import org.rocksdb.RocksDB;
import picocli.CommandLine;

/** Reaches for everything that belongs to an adapter. */
public final class SeesLibraries {
  public boolean any(Object thing) {
    return thing instanceof Environment
        || thing instanceof RocksDB
        || thing instanceof CelRuntime
        || thing instanceof JWSObject
        || thing instanceof ResourceConfig
        || thing instanceof Response
        || thing instanceof Server
        || thing instanceof CommandLine;
  }
}
