package dev.anvil.app.cli;

import dev.anvil.client.Admin;
import dev.anvil.client.AdminApplications;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.Credentials;
import dev.anvil.client.Download;
import dev.anvil.client.Receipt;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The main job over the wire, as any client would do it: set up, store, and later verify. */
final class DemoRun {
  static final String TENANT = "demo";
  static final String BUCKET = "demo-files";
  private static final int SHOWN_HASH = 16;

  /** One file on its way. */
  private record Stored(Path file, String key, long size, String sha256, String version, long ms) {}

  private final List<Stored> stored = new ArrayList<>();
  private String clientId;
  private String clientSecret;

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  void setUp(URI management, String adminCredential) {
    try (AnvilClient client = new AnvilClient(management, Credentials.token(adminCredential))) {
      Admin admin = client.admin();
      if (admin.tenants().list().stream().noneMatch(t -> t.name().equals(TENANT))) {
        admin.tenants().create(TENANT);
      }
      AdminApplications.NewSecret made =
          admin
              .applications(TENANT)
              .create("demo-" + Long.toString(System.currentTimeMillis(), 36), List.of("*|*"));
      clientId = made.clientId();
      clientSecret = made.clientSecret();
    }
  }

  void store(URI endpoint, List<Path> files) {
    try (AnvilClient client = client(endpoint)) {
      client.buckets().create(BUCKET);
      for (Path file : files) {
        stored.add(storeOne(client.objects(BUCKET), file));
      }
    }
  }

  private static Stored storeOne(BucketObjects objects, Path file) {
    String key = file.getFileName().toString();
    try {
      String sha256 = sha256(Files.newInputStream(file));
      long start = System.nanoTime();
      Receipt receipt = objects.put(key, Content.of(file));
      long ms = (System.nanoTime() - start) / 1_000_000;
      return new Stored(file, key, Files.size(file), sha256, receipt.version(), ms);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** Reads everything back; true if every byte came back. */
  boolean verify(URI endpoint, String region, Out out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KEY", "BYTES", "PUT", "GET", "SHA-256", "AFTER RESTART", "BY S3"));
    boolean all = true;
    try (AnvilClient client = client(endpoint);
        AnvilHttp s3 = new AnvilHttp(endpoint, null)) {
      // the token that comes first is no part of the time of a read
      client.buckets().get(BUCKET);
      for (Stored s : stored) {
        long start = System.nanoTime();
        String sha256 = read(client.objects(BUCKET), s.key());
        long ms = (System.nanoTime() - start) / 1_000_000;
        boolean same = s.sha256().equals(sha256);
        boolean sameByS3 = s.sha256().equals(readByS3(s3, region, s.key()));
        all &= same && sameByS3;
        rows.add(
            List.of(
                Out.safe(s.key()),
                Long.toString(s.size()),
                s.ms() + " ms",
                ms + " ms",
                sha256.substring(0, SHOWN_HASH),
                same ? "every byte came back" : "DIFFERS",
                sameByS3 ? "the same" : "DIFFERS"));
      }
    }
    out.line(DemoTable.of(rows));
    return all;
  }

  private static String read(BucketObjects objects, String key) {
    try (Download download = objects.get(key)) {
      return sha256(download.body());
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "key " + key + " could not be read back: " + e.getMessage());
    }
  }

  private String readByS3(AnvilHttp s3, String region, String key) {
    String path = "/" + BUCKET + "/" + Paths.key(key);
    Map<String, String> signed =
        S3Signature.ofGet(s3.base().getAuthority(), path, region, clientId, clientSecret);
    try (InputStream in = s3.download(path, signed).body()) {
      return sha256(in);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "key " + key + " could not be read by S3: " + e.getMessage());
    }
  }

  private AnvilClient client(URI endpoint) {
    return new AnvilClient(endpoint, Credentials.application(clientId, clientSecret));
  }

  static String path(String key) {
    return "/v1/buckets/" + BUCKET + "/objects/" + Paths.key(key);
  }

  private static String sha256(InputStream source) throws IOException {
    try (InputStream in = source) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
