package dev.anvil.bench.side;

import dev.anvil.bench.side.ObjectShots.Api;
import dev.anvil.bench.side.Row.Driven;
import dev.anvil.bench.side.Row.Need;
import dev.anvil.bench.side.Row.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All rows, in the order of the table. */
final class Rows {
  private static final int KIB_4 = Stage.KIB_4;
  private static final int KIB_64 = 64 << 10;
  private static final int MIB = 1 << 20;
  private static final int MIB_16 = 16 << 20;
  // the 16 clients first: a server that has just started warms up on them
  private static final int[] CLIENTS = {16, 64, 1};
  private static final int WARM = 3_000;
  // what is deleted in a warm-up has to be there
  private static final int FEW = 1_000;
  private static final int MOST = 200_000;
  private static final String NATIVE = "native ";
  private static final int CHURN_KEYS = 1_000;

  private Rows() {}

  /** Larger objects that reads find: bucket, size, how many. */
  record Prepared(String bucket, int bytes, int count) {}

  /** Those that the chosen rows read. */
  static List<Prepared> prepared(Pattern rows) {
    Map<String, Prepared> readers =
        Map.of(
            "GET 64 KiB, 16", new Prepared("read64k", KIB_64, 256),
            "GET 1 MiB, 8", new Prepared("read1m", MIB, 32),
            "GET 16 MiB, 4", new Prepared("read16m", MIB_16, 4));
    return readers.entrySet().stream()
        .filter(reader ->
            rows.matcher(reader.getKey()).find() || rows.matcher(NATIVE + reader.getKey()).find())
        .map(Map.Entry::getValue)
        .toList();
  }

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int clients : CLIENTS) {
      rows.add(object("PUT 4 KiB", clients, ObjectShots.puts(Api.S3, "puts", KIB_4, false)));
    }
    for (String method : new String[] {"GET", "HEAD"}) {
      for (int clients : CLIENTS) {
        rows.add(
            object(
                method + " 4 KiB", clients, ObjectShots.reads(Api.S3, method, Stage.SMALL, KIB_4)));
      }
    }
    rows.add(object("mixed 4 KiB", 16, ObjectShots.mixed("mixed", KIB_4)));
    rows.add(object("overwrite 4 KiB", 16, ObjectShots.overwrites("churn", KIB_4, CHURN_KEYS)));
    for (int clients : CLIENTS) {
      rows.add(
          row("DELETE 4 KiB", clients, false, FEW, ObjectShots.deletions(Api.S3, "puts", KIB_4)));
    }
    rows.addAll(large());
    rows.addAll(lists());
    rows.addAll(own());
    return rows;
  }

  private static List<Row> large() {
    return List.of(
        row("PUT 64 KiB", 16, false, 500, ObjectShots.puts(Api.S3, "put64k", KIB_64, true)),
        row("GET 64 KiB", 16, false, 500, ObjectShots.reads(Api.S3, "GET", "read64k", KIB_64)),
        row("PUT 1 MiB", 8, false, 40, ObjectShots.puts(Api.S3, "put1m", MIB, true)),
        row("GET 1 MiB", 8, false, 40, ObjectShots.reads(Api.S3, "GET", "read1m", MIB)),
        row("PUT 16 MiB", 4, false, 6, ObjectShots.puts(Api.S3, "put16m", MIB_16, true)),
        row("GET 16 MiB", 4, false, 6, ObjectShots.reads(Api.S3, "GET", "read16m", MIB_16)),
        new Row(Target.MULTIPART, "MiB", Need.S3, new Driven(new MultipartUploads("multipart"))));
  }

  private static List<Row> lists() {
    return List.of(
        new Row("LIST flat", "key", Need.S3, new Driven(Listings.flat(Stage.SMALL))),
        new Row(
            "LIST delimiter, 100 prefixes",
            "request",
            Need.S3,
            new Driven(Listings.prefixes(Stage.SMALL))),
        new Row(
            "LIST delimiter, under one prefix",
            "key",
            Need.S3,
            new Driven(Listings.under(Stage.SMALL))),
        new Row(
            "LIST versions", "key", Need.VERSIONS, new Driven(Listings.versions(Stage.VERSIONED))));
  }

  private static List<Row> own() {
    return List.of(
        own("PUT 4 KiB", 16, WARM, puts("natively", KIB_4, false)),
        own("GET 4 KiB", 16, WARM, reads("GET", Stage.SMALL, KIB_4)),
        own("HEAD 4 KiB", 16, WARM, reads("HEAD", Stage.SMALL, KIB_4)),
        own("DELETE 4 KiB", 16, WARM, ObjectShots.deletions(Api.NATIVE, "natively", KIB_4)),
        own("PUT 64 KiB", 16, 500, puts("natively64k", KIB_64, true)),
        own("GET 64 KiB", 16, 500, reads("GET", "read64k", KIB_64)),
        own("PUT 1 MiB", 8, 40, puts("natively1m", MIB, true)),
        own("GET 1 MiB", 8, 40, reads("GET", "read1m", MIB)),
        own("PUT 16 MiB", 4, 6, puts("natively16m", MIB_16, true)),
        own("GET 16 MiB", 4, 6, reads("GET", "read16m", MIB_16)),
        new Row(
            NATIVE + "LIST flat", "key", Need.NATIVE, new Driven(NativeListing.flat(Stage.SMALL))));
  }

  private static Row.Shots puts(String bucket, int bytes, boolean makeRoom) {
    return ObjectShots.puts(Api.NATIVE, bucket, bytes, makeRoom);
  }

  private static Row.Shots reads(String method, String bucket, int bytes) {
    return ObjectShots.reads(Api.NATIVE, method, bucket, bytes);
  }

  private static Row object(String name, int clients, Row.Shots shots) {
    return row(name, clients, true, WARM, shots);
  }

  private static Row row(String name, int clients, boolean open, int warm, Row.Shots shots) {
    return new Row(
        name + ", " + clients, "request", Need.S3, new Replayed(clients, open, warm, MOST, shots));
  }

  private static Row own(String name, int clients, int warm, Row.Shots shots) {
    return new Row(
        NATIVE + name + ", " + clients,
        "request",
        Need.NATIVE,
        new Replayed(clients, false, warm, MOST, shots));
  }
}
