package dev.anvil.app.home;

import dev.anvil.app.settings.Settings;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Secrets of this node: from the settings, else generated once into {@code secrets/} (owner only).
 * The folder never enters a backup, a log or the store.
 */
public final class NodeSecrets {
  private static final String FOLDER = "secrets";
  private static final int GENERATED_BYTES = 32;

  private final String encryptionKey;
  private final String jwtSecret;
  private final String adminCredential;
  private final boolean adminCreated;

  private NodeSecrets(
      String encryptionKey, String jwtSecret, String adminCredential, boolean adminCreated) {
    this.encryptionKey = encryptionKey;
    this.jwtSecret = jwtSecret;
    this.adminCredential = adminCredential;
    this.adminCreated = adminCreated;
  }

  /** Name of the admin credential's file below the storage path. */
  public static final String ADMIN_CREDENTIAL_FILE = FOLDER + "/admin-credential";

  /**
   * Reads what is there and generates what is missing.
   *
   * @param newAdminCredential makes the first admin credential
   */
  public static NodeSecrets load(
      Disk disk, Settings settings, RandomGenerator random, Supplier<String> newAdminCredential) {
    try {
      disk.createFolder(FOLDER);
      disk.restrict(FOLDER);
      String encryption =
          settings.encryptionKey().isPresent()
              ? settings.encryptionKey().get()
              : kept(disk, "encryption-key", () -> generated(random));
      String jwt =
          settings.jwtSecret().isPresent()
              ? settings.jwtSecret().get()
              : kept(disk, "jwt-secret", () -> generated(random));
      boolean fresh = !disk.exists(ADMIN_CREDENTIAL_FILE);
      String admin = kept(disk, "admin-credential", newAdminCredential);
      return new NodeSecrets(encryption, jwt, admin, fresh);
    } catch (IOException e) {
      throw new HomeException(
          "the secrets folder cannot be used: " + e.getMessage() + "; check its rights", e);
    }
  }

  /** Gives a restored folder the key that its stored secrets are sealed under. */
  public static void restore(Disk disk, String encryptionKey) throws IOException {
    disk.createFolder(FOLDER);
    disk.restrict(FOLDER);
    SmallFiles.replace(disk, FOLDER, "encryption-key", encryptionKey + "\n");
    disk.restrict(FOLDER + "/encryption-key");
  }

  /** The generated encryption key of a storage path; null if it has none. */
  public static String encryptionKeyOf(Disk disk) throws IOException {
    String path = FOLDER + "/encryption-key";
    return disk.exists(path) ? SmallFiles.read(disk, path).strip() : null;
  }

  private static String kept(Disk disk, String name, Supplier<String> fresh) throws IOException {
    String path = FOLDER + "/" + name;
    if (!disk.exists(path)) {
      SmallFiles.replace(disk, FOLDER, name, fresh.get() + "\n");
      disk.restrict(path);
    }
    String value = SmallFiles.read(disk, path).strip();
    if (value.isEmpty()) {
      throw new HomeException(path + " is empty: restore it, what it sealed is lost without it");
    }
    return value;
  }

  private static String generated(RandomGenerator random) {
    byte[] key = new byte[GENERATED_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Seals stored secrets. */
  public String encryptionKey() {
    return encryptionKey;
  }

  /** Signs access tokens. */
  public String jwtSecret() {
    return jwtSecret;
  }

  /** The first admin credential. */
  public String adminCredential() {
    return adminCredential;
  }

  /** Whether this start created the admin credential. */
  public boolean adminCreated() {
    return adminCreated;
  }

  @Override
  public String toString() {
    return "NodeSecrets[hidden]";
  }
}
