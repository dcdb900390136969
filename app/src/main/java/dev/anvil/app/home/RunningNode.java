package dev.anvil.app.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.client.json.Json;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Addresses of the node that serves a storage path, left in {@code run/} so that {@code --data DIR}
 * finds it.
 *
 * @param publicUrl base URL of the public API
 * @param managementUrl base URL of the management API
 * @param pid of the process
 */
public record RunningNode(String publicUrl, String managementUrl, long pid) {
  private static final String FOLDER = "run";
  private static final String NAME = "addresses.json";

  /** Publishes the addresses. */
  public void publish(Disk disk) throws IOException {
    disk.createFolder(FOLDER);
    SmallFiles.replace(disk, FOLDER, NAME, text() + "\n");
  }

  private String text() {
    return Json.text(
        JsonNodeFactory.instance
            .objectNode()
            .put("publicUrl", publicUrl)
            .put("managementUrl", managementUrl)
            .put("pid", pid));
  }

  /** Takes them back at a graceful stop. */
  public static void withdraw(Disk disk) throws IOException {
    disk.delete(FOLDER + "/" + NAME);
  }

  /** Addresses of the node on a local folder. */
  public static RunningNode of(Path dataFolder) {
    Path file = dataFolder.resolve(FOLDER).resolve(NAME);
    try {
      JsonNode told = Json.read(Files.readString(file));
      if (!told.path("publicUrl").isTextual() || !told.path("managementUrl").isTextual()) {
        throw new HomeException(file + " is damaged: restart the node on " + dataFolder);
      }
      return new RunningNode(
          told.path("publicUrl").asText(),
          told.path("managementUrl").asText(),
          told.path("pid").asLong());
    } catch (NoSuchFileException e) {
      throw new HomeException(
          "no node runs on " + dataFolder + ": start one with: anvil server --data " + dataFolder);
    } catch (JsonProcessingException e) {
      throw new HomeException(file + " is damaged: restart the node on " + dataFolder, e);
    } catch (IOException e) {
      throw new HomeException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
