package dev.anvil.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Finds the peers that {@code bench/peers} has prepared. */
public final class Peers {
  private static final List<Recipe> KNOWN = List.of(new Minio(), new Seaweed(), new Garage());
  private static final String HEX = "0123456789abcdef";

  private final Path programs;

  /** Below a home such as {@code ~/.cache/anvil-bench}. */
  public Peers(Path home) {
    this.programs = home.resolve("bin");
  }

  /** Where {@code bench/peers} puts them. */
  public static Path home() {
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(System.getenv().getOrDefault("ANVIL_BENCH_HOME", cache + "/anvil-bench"));
  }

  /** The names of all that are known here. */
  public static List<String> known() {
    return KNOWN.stream().map(Recipe::name).toList();
  }

  /** Whether one is there. */
  public boolean has(String name) {
    return KNOWN.stream().anyMatch(r -> r.name().equals(name) && Files.isExecutable(binary(r)));
  }

  /** Those of the names that are there, each on its own folder below the given one. */
  public List<Contender> of(List<String> names, Path folder, RandomGenerator random)
      throws IOException {
    List<Contender> found = new ArrayList<>();
    for (Recipe recipe : KNOWN) {
      if (names.contains(recipe.name()) && has(recipe.name())) {
        Path said = programs.resolve(recipe.program() + ".version");
        found.add(
            new PeerContender(
                recipe,
                binary(recipe),
                Files.exists(said) ? Files.readString(said).strip() : "of unknown version",
                folder,
                // Garage takes only keys that look like its own
                new Recipe.Credentials("GK" + hex(random, 24), hex(random, 64))));
      }
    }
    return found;
  }

  private Path binary(Recipe recipe) {
    return programs.resolve(recipe.program());
  }

  private static String hex(RandomGenerator random, int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(HEX.charAt(random.nextInt(16)));
    }
    return text.toString();
  }
}
