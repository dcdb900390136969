package dev.anvil.app.cli;

import dev.anvil.app.node.BackupParts;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.client.http.ClientException;
import dev.anvil.operations.backup.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A backup target as a verb reaches it without a node. */
final class TargetOptions {
  @Option(
      names = "--from",
      paramLabel = "TARGET",
      description = "folder, or s3+https://HOST[:PORT]/BUCKET[/PREFIX] (default: BACKUP_TARGET)")
  private String from;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = {
        "folder with the file encryption-key of the deployment, as its storage path has in"
            + " secrets/",
        "(default: the setting ANVIL_SECRET_ENCRYPTION_KEY)"
      })
  private Path secrets;

  @Option(names = "--config", paramLabel = "FILE", description = "properties file with settings")
  private Path file;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "any setting; may be repeated")
  private List<String> assignments = List.of();

  /** The settings, for a storage path. */
  Settings settings(Path data) {
    SettingsSources sources = new SettingsSources();
    if (file != null) {
      sources.file(file);
    }
    sources.environment(System.getenv());
    assignments.forEach(sources::assignment);
    if (from != null) {
      sources.set("BACKUP_TARGET", from, "--from");
    }
    if (data != null) {
      sources.set("STORAGE_PATH", data.toString(), "--data");
    }
    return Settings.of(sources);
  }

  /** Whether the target was named here. */
  boolean named() {
    return from != null;
  }

  /** The keys of the deployment that wrote the backup, the newest first. */
  List<String> keys(Settings settings) {
    if (secrets == null) {
      List<String> keys = new ArrayList<>();
      settings.encryptionKey().ifPresent(keys::add);
      settings.identity().previousEncryptionKey().ifPresent(keys::add);
      if (keys.isEmpty()) {
        throw new ClientException(
            ClientException.USAGE,
            "the key of the deployment is needed: set ANVIL_SECRET_ENCRYPTION_KEY, or name with"
                + " --secrets a copy of its secrets folder");
      }
      return keys;
    }
    try {
      return Files.readAllLines(secrets.resolve("encryption-key")).stream()
          .map(line -> line.strip().split(" ", 2)[0])
          .filter(key -> !key.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, secrets + " holds no readable file encryption-key: " + e);
    }
  }

  /** The keys to write into a restored folder; null when the settings give them. */
  List<String> keysToKeep(Settings settings) {
    return settings.encryptionKey().isPresent() ? null : keys(settings);
  }

  BackupStore store(Settings settings) {
    return BackupParts.store(settings.backup(), keys(settings), InstantSource.system());
  }
}
