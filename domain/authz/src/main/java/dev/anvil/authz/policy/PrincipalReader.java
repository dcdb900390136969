package dev.anvil.authz.policy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads principals, and keeps what accounts they named. */
final class PrincipalReader {
  private static final String IAM = "arn:aws:iam::";
  private static final String ROOT = "root";
  private static final String USER = "user/";
  private static final String CANONICAL = "canonical:";

  private final PrincipalNames names;
  private final Map<String, Long> known;
  private final Map<String, Long> found = new LinkedHashMap<>();

  PrincipalReader(PrincipalNames names) {
    this.names = names;
    this.known = null;
  }

  PrincipalReader(Map<String, Long> known) {
    this.names = null;
    this.known = known;
  }

  Map<String, Long> accounts() {
    return found;
  }

  Principals read(Object sent) {
    if ("*".equals(sent) || List.of("*").equals(sent)) {
      return new Principals(true, Set.of(), Set.of());
    }
    if (!(sent instanceof Map)) {
      throw invalid(String.valueOf(sent));
    }
    Map<String, Object> byKind = PolicyParser.object(sent, "Principal");
    PolicyParser.only(byKind, Set.of("AWS", "CanonicalUser"), "Principal");
    boolean everyone = false;
    Set<Long> tenants = new HashSet<>();
    Set<String> applications = new HashSet<>();
    for (Map.Entry<String, Object> kind : byKind.entrySet()) {
      for (Object one : PolicyParser.list(kind.getValue())) {
        if (!(one instanceof String text) || text.isEmpty()) {
          throw invalid(String.valueOf(one));
        }
        if (kind.getKey().equals("CanonicalUser")) {
          tenants.add(tenant(CANONICAL + text, text));
        } else if (text.equals("*")) {
          everyone = true;
        } else {
          add(text, tenants, applications);
        }
      }
    }
    if (!everyone && tenants.isEmpty() && applications.isEmpty()) {
      throw invalid("");
    }
    return new Principals(everyone, Set.copyOf(tenants), Set.copyOf(applications));
  }

  private void add(String text, Set<Long> tenants, Set<String> applications) {
    if (!text.startsWith(IAM)) {
      tenants.add(tenant(text, text));
      return;
    }
    int colon = text.indexOf(':', IAM.length());
    String account = colon < 0 ? "" : text.substring(IAM.length(), colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (rest.equals(ROOT)) {
      tenants.add(tenant(account, text));
    } else if (rest.startsWith(USER)) {
      String clientId = rest.substring(rest.lastIndexOf('/') + 1);
      long tenant = tenant(account, text);
      if (application(USER + clientId, clientId, text) != tenant) {
        throw invalid(text);
      }
      applications.add(clientId);
    } else {
      throw invalid(text);
    }
  }

  private long tenant(String name, String shown) {
    Long tenant = known == null ? Long.valueOf(look(name)) : known.get(name);
    return keep(name, tenant, shown);
  }

  private long look(String name) {
    return name.startsWith(CANONICAL)
        ? names.canonical(name.substring(CANONICAL.length()))
        : names.account(name);
  }

  private long application(String name, String clientId, String shown) {
    Long tenant = known == null ? Long.valueOf(names.application(clientId)) : known.get(name);
    return keep(name, tenant, shown);
  }

  private long keep(String name, Long tenant, String shown) {
    if (tenant == null || tenant < 0) {
      throw invalid(shown);
    }
    found.put(name, tenant);
    return tenant;
  }

  private static dev.anvil.ports.failure.Invalid invalid(String text) {
    return new dev.anvil.ports.failure.Invalid(
        dev.anvil.ports.failure.Invalid.Reason.POLICY,
        "Invalid principal in policy",
        Map.of("principal", text));
  }
}
