package dev.anvil.app.home;

import dev.anvil.app.settings.IdentitySettings;
import dev.anvil.app.settings.Settings;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.identity.AdminSecret;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Secrets of this node: from the settings, else generated into {@code secrets/} (owner only). The
 * folder never enters a backup, a log or the store, and does not come to be where every secret is
 * set.
 */
public final class NodeSecrets implements AdminSecret {
  static final String FOLDER = "secrets";

  private static final String ADMIN = "admin-credential";
  private static final int GENERATED_BYTES = 32;

  private final Disk disk;
  private final SecretRing sealing;
  private final SecretRing token;
  private final boolean adminKept;
  private final boolean adminCreated;
  private volatile String admin;

  private NodeSecrets(
      Disk disk,
      SecretRing sealing,
      SecretRing token,
      String admin,
      boolean adminKept,
      boolean adminCreated) {
    this.disk = disk;
    this.sealing = sealing;
    this.token = token;
    this.admin = admin;
    this.adminKept = adminKept;
    this.adminCreated = adminCreated;
  }

  /** Name of the admin credential's file below the storage path. */
  public static final String ADMIN_CREDENTIAL_FILE = FOLDER + "/" + ADMIN;

  /**
   * Reads what is there and generates what is missing.
   *
   * @param newAdminCredential makes the first admin credential
   */
  public static NodeSecrets load(
      Disk disk, Settings settings, RandomGenerator random, Supplier<String> newAdminCredential) {
    IdentitySettings set = settings.identity();
    try {
      if (set.generated() || set.adminCredential().isEmpty()) {
        disk.createFolder(FOLDER);
        disk.restrict(FOLDER);
      }
      SecretRing sealing =
          ring(disk, set.encryptionKey(), set.previousEncryptionKey(), "encryption-key", random);
      SecretRing token = ring(disk, set.jwtSecret(), set.previousJwtSecret(), "jwt-secret", random);
      boolean kept = set.adminCredential().isEmpty();
      boolean fresh = kept && !disk.exists(ADMIN_CREDENTIAL_FILE);
      String admin =
          kept
              ? SecretRing.kept(disk, ADMIN, newAdminCredential).newest()
              : set.adminCredential().get();
      return new NodeSecrets(disk, sealing, token, admin, kept, fresh);
    } catch (IOException e) {
      throw new HomeException(
          "the secrets folder cannot be used: " + e.getMessage() + "; check its rights", e);
    }
  }

  private static SecretRing ring(
      Disk disk,
      Optional<String> set,
      Optional<String> previous,
      String name,
      RandomGenerator random)
      throws IOException {
    if (set.isEmpty()) {
      return SecretRing.kept(disk, name, () -> generated(random));
    }
    List<String> newestFirst = new ArrayList<>(List.of(set.get()));
    previous.ifPresent(newestFirst::add);
    return SecretRing.fixed(newestFirst);
  }

  /** Replaces a file of the folder of secrets, for its owner alone. */
  static void keep(Disk disk, String name, String content) throws IOException {
    SmallFiles.replace(disk, FOLDER, name, content);
    disk.restrict(FOLDER + "/" + name);
  }

  /** A new secret for a ring. */
  public static String generated(RandomGenerator random) {
    byte[] key = new byte[GENERATED_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Seal stored secrets. */
  public SecretRing sealing() {
    return sealing;
  }

  /** Sign access tokens. */
  public SecretRing token() {
    return token;
  }

  /** The admin credential in force. */
  public String adminCredential() {
    return admin;
  }

  /** Whether this start created the admin credential. */
  public boolean adminCreated() {
    return adminCreated;
  }

  @Override
  public String text() {
    return admin;
  }

  @Override
  public boolean rotates() {
    return adminKept;
  }

  @Override
  public synchronized void replace(String text) {
    try {
      keep(disk, ADMIN, text + "\n");
      admin = text;
    } catch (IOException e) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          ADMIN_CREDENTIAL_FILE + " cannot be written: " + e.getMessage() + "; nothing changed");
    }
  }

  @Override
  public String toString() {
    return "NodeSecrets[hidden]";
  }
}
