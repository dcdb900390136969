package dev.anvil.features.licences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is shipped may be shipped, and is named in NOTICE. */
class LicencesTest {
  @Test
  void shippedPartsAreAcceptedAndNamed() throws IOException {
    String given = System.getProperty("anvil.sbom");
    Path bill = Path.of(given == null ? "../app/target/anvil-sbom.json" : given);
    // the build names the file, and then it must be there; elsewhere it may not have been written
    assumeThat(given != null || Files.exists(bill)).as("a bill of materials").isTrue();
    String notice = Files.readString(Path.of("../NOTICE"));
    assertThat(Licences.check(Files.readString(bill), notice)).isEmpty();
  }

  @Test
  void foreignLicenceIsFound() throws IOException {
    assertThat(Licences.check(bill("org.x", "{\"license\":{\"id\":\"GPL-3.0-only\"}}"), "org.x"))
        .singleElement()
        .asString()
        .contains("GPL-3.0-only");
    assertThat(Licences.check(bill("org.x", ""), "org.x")).hasSize(1);
    assertThat(Licences.check("{}", "")).hasSize(1);
  }

  @Test
  void choiceIsAccepted() throws IOException {
    String choice = "{\"license\":{\"id\":\"GPL-2.0-only\"}},{\"license\":{\"id\":\"EPL-2.0\"}}";
    assertThat(Licences.check(bill("org.x", choice), "X (org.x)")).isEmpty();
    String either = "{\"expression\":\"GPL-2.0-only OR MIT\"}";
    assertThat(Licences.check(bill("org.x", either), "X (org.x)")).isEmpty();
    String both = "{\"expression\":\"GPL-2.0-only AND MIT\"}";
    assertThat(Licences.check(bill("org.x", both), "X (org.x)")).hasSize(1);
  }

  @Test
  void unnamedFamilyIsFound() throws IOException {
    String mit = "{\"license\":{\"name\":\"MIT\"}}";
    assertThat(Licences.check(bill("org.x", mit), "org.xy, a.org.x, org.x.y")).hasSize(1);
  }

  private static String bill(String group, String licences) {
    return "{\"components\":[{\"group\":\"%s\",\"name\":\"part\",\"licenses\":[%s]}]}"
        .formatted(group, licences);
  }
}
