package dev.anvil.bench.load;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The program of what the S3 gateway costs: {@code GatewayCost [ENGINE [SECONDS [ROUNDS [DIR]]]]}.
 * The same 4 KiB objects by the native API and, signed, by S3, in turns on one server; prints CPU
 * microseconds of the server a request, and the difference of the medians.
 */
public final class GatewayCost {
  private static final int BODY = 4096;
  private static final int CLIENTS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final String BUCKET = "cost";

  private GatewayCost() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    Duration measured = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 4);
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-cost");
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine).heap("512m");
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Deployment deployment = Deployment.create(server, "cost");
      String token = deployment.token(server.publicUrl());
      try (Client client = new Client(server.publicUrl(), token)) {
        client.expect(Calls.createBucket(BUCKET, "unversioned"));
      }
      Keys keys = new Keys(BUCKET, BODY);
      Load load = new Load(server, token);
      Load signed = new Load(server, null);
      keys.fill(load, CLIENTS, 2_000);
      List<List<Double>> cpu = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        cpu.add(new ArrayList<>());
      }
      for (int round = -1; round < rounds; round++) {
        Pace pace = new Pace(round < 0 ? WARM_UP : Duration.ofSeconds(1), measured);
        Row[] rows = {
          load.run("native GET", CLIENTS, pace, c -> reads(keys, c)),
          signed.run("signed S3 GET", CLIENTS, pace, c -> sign(server, deployment, reads(keys, c))),
          load.run("native PUT", CLIENTS, pace, _ -> keys.puts(-1)),
          signed.run("signed S3 PUT", CLIENTS, pace, _ -> sign(server, deployment, keys.puts(-1)))
        };
        for (int i = 0; i < rows.length; i++) {
          if (rows[i].failures() > 0) {
            throw new IOException(rows[i].failures() + " requests failed: " + rows[i].name());
          }
          if (round >= 0) {
            cpu.get(i).add(rows[i].cpu());
            System.out.println(rows[i].line());
          }
        }
      }
      print("GET", cpu.get(0), cpu.get(1));
      print("PUT", cpu.get(2), cpu.get(3));
      server.terminate();
    }
  }

  private static void print(String what, List<Double> own, List<Double> s3) {
    System.out.printf(
        Locale.ROOT,
        "%s: native %.0f us, S3 %.0f us of server CPU (medians); the gateway costs %.0f us more%n",
        what,
        median(own),
        median(s3),
        median(s3) - median(own));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
  }

  private static Load.Source reads(Keys keys, int client) {
    return keys.reads("GET", new SplittableRandom(client));
  }

  /** The same objects at the addresses of S3. */
  private static Load.Source sign(ServerProcess server, Deployment deployment, Load.Source source) {
    Signature4 signature =
        new Signature4(server.publicUrl(), deployment.clientId(), deployment.clientSecret());
    String prefix = Calls.object(BUCKET, "");
    return () -> {
      Request own = source.next();
      String path = "/" + BUCKET + "/" + own.target().substring(prefix.length());
      return signature.sign(new Request(own.method(), path, "", own.body()));
    };
  }
}
