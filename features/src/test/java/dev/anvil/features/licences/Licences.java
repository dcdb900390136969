package dev.anvil.features.licences;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges a CycloneDX bill of materials: each part may be shipped, and NOTICE names its family. */
final class Licences {
  /** One of these is enough where a part offers a choice. */
  static final Set<String> ACCEPTED =
      // the Go License is BSD-3-Clause under another name
      Set.of("Apache-2.0", "EPL-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "Go License");

  private static final String OWN = "dev.anvil";

  private Licences() {}

  /** What is wrong, one line a part; empty if all is well. */
  static List<String> check(String bill, String notice) throws IOException {
    List<String> wrong = new ArrayList<>();
    JsonNode parts = new ObjectMapper().readTree(bill).path("components");
    if (parts.isEmpty()) {
      wrong.add("the bill of materials names no part");
    }
    for (JsonNode part : parts) {
      String group = part.path("group").asText();
      List<String> offered = offered(part);
      if (offered.stream().noneMatch(ACCEPTED::contains)) {
        wrong.add(part.path("name").asText() + ": none accepted of licences " + offered);
      }
      if (!group.equals(OWN) && !names(notice, group)) {
        wrong.add(part.path("name").asText() + ": NOTICE does not name " + group);
      }
    }
    return wrong;
  }

  private static List<String> offered(JsonNode part) {
    List<String> offered = new ArrayList<>();
    for (JsonNode choice : part.path("licenses")) {
      if (choice.has("expression")) {
        // SPDX: only a plain choice offers its parts; anything with AND or WITH is for a person
        offered.addAll(List.of(choice.path("expression").asText().split(" OR ")));
        continue;
      }
      JsonNode licence = choice.path("license");
      offered.add(licence.path("id").asText(licence.path("name").asText()));
    }
    return offered;
  }

  private static boolean names(String notice, String group) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(group) + "(?![\\w.])")
        .matcher(notice)
        .find();
  }
}
