package dev.anvil.app.home;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Secrets of one kind, the newest first. Those of a file lie one a line, each that is no longer in
 * use with the time at which another took its place; the file changes as a whole. Safe for any
 * number of threads.
 */
public final class SecretRing {
  private final Disk disk;
  private final String name;
  private List<Entry> entries;

  private SecretRing(Disk disk, String name, List<Entry> entries) {
    this.disk = disk;
    this.name = name;
    this.entries = List.copyOf(entries);
  }

  /**
   * A secret.
   *
   * @param text what is secret
   * @param retiredAt when another took its place; null if that is not known, or did not happen
   */
  public record Entry(String text, Instant retiredAt) {
    @Override
    public String toString() {
      return "Entry[hidden, retiredAt=" + retiredAt + "]";
    }
  }

  /** Secrets that somebody else keeps. */
  static SecretRing fixed(List<String> newestFirst) {
    return new SecretRing(null, null, newestFirst.stream().map(s -> new Entry(s, null)).toList());
  }

  /** Secrets of a file in the folder of secrets; the first is made if there is none. */
  static SecretRing kept(Disk disk, String name, Supplier<String> fresh) throws IOException {
    String path = NodeSecrets.FOLDER + "/" + name;
    if (!disk.exists(path)) {
      NodeSecrets.keep(disk, name, fresh.get() + "\n");
    }
    List<Entry> entries = new ArrayList<>();
    for (String line : SmallFiles.read(disk, path).lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        entries.add(entry(path, line));
      }
    }
    if (entries.isEmpty()) {
      throw new HomeException(path + " is empty: restore it, what it sealed is lost without it");
    }
    return new SecretRing(disk, name, entries);
  }

  private static Entry entry(String path, String line) {
    int space = line.indexOf(' ');
    if (space < 0) {
      return new Entry(line, null);
    }
    try {
      return new Entry(line.substring(0, space), Instant.parse(line.substring(space + 1).strip()));
    } catch (DateTimeException e) {
      throw new HomeException(
          path + " has a line that is not a secret, or a secret and a time: restore it", e);
    }
  }

  /** All of them, the newest first. */
  public synchronized List<Entry> entries() {
    return entries;
  }

  /** The one in use. */
  public synchronized String newest() {
    return entries.getFirst().text();
  }

  /** Whether they lie in a file of this node. */
  public boolean isKept() {
    return disk != null;
  }

  /** Puts another in use. */
  public synchronized void rotate(String fresh, Instant now) {
    List<Entry> next = new ArrayList<>();
    next.add(new Entry(fresh, null));
    for (Entry old : entries) {
      next.add(new Entry(old.text(), old.retiredAt() == null ? now : old.retiredAt()));
    }
    write(next);
  }

  /** Lets go of one that is not in use; absent is fine. */
  public synchronized void drop(String text) {
    List<Entry> next = entries.stream().skip(1).filter(e -> !e.text().equals(text)).toList();
    if (isKept() && next.size() < entries.size() - 1) {
      List<Entry> all = new ArrayList<>(List.of(entries.getFirst()));
      all.addAll(next);
      write(all);
    }
  }

  private void write(List<Entry> next) {
    String content =
        next.stream()
            .map(e -> e.text() + (e.retiredAt() == null ? "" : " " + e.retiredAt()) + "\n")
            .collect(Collectors.joining());
    try {
      NodeSecrets.keep(disk, name, content);
      entries = List.copyOf(next);
    } catch (IOException e) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          "secrets/" + name + " cannot be written: " + e.getMessage() + "; nothing was changed");
    }
  }

  @Override
  public String toString() {
    return "SecretRing[hidden]";
  }
}
