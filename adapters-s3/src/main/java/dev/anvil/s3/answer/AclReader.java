package dev.anvil.s3.answer;

import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Grantee;
import dev.anvil.authz.grants.Permission;
import dev.anvil.identity.FindAccount;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/** Reads access control lists out of headers and documents. */
final class AclReader {
  private static final String PREFIX = "x-amz-grant-";
  private static final Map<String, Permission> BY_HEADER =
      Map.of(
          PREFIX + "read", Permission.READ,
          PREFIX + "write", Permission.WRITE,
          PREFIX + "read-acp", Permission.READ_ACP,
          PREFIX + "write-acp", Permission.WRITE_ACP,
          PREFIX + "full-control", Permission.FULL_CONTROL);
  private static final Map<String, Grantee.Group> BY_URI = groups();

  private final S3UseCases.Grants grants;

  AclReader(S3UseCases.Grants grants) {
    this.grants = grants;
  }

  private static Map<String, Grantee.Group> groups() {
    Map<String, Grantee.Group> all = new LinkedHashMap<>();
    for (Grantee.Group group : Grantee.Group.values()) {
      all.put(uri(group), group);
    }
    return Map.copyOf(all);
  }

  /** How S3 names a group. */
  static String uri(Grantee.Group group) {
    return switch (group) {
      case ALL_USERS -> "http://acs.amazonaws.com/groups/global/AllUsers";
      case AUTHENTICATED_USERS -> "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
      case LOG_DELIVERY -> "http://acs.amazonaws.com/groups/s3/LogDelivery";
    };
  }

  /** Whether headers say anything of a list. */
  static boolean inHeaders(S3Call call) {
    return call.headers().contains("x-amz-acl") || grantsInHeaders(call);
  }

  private static boolean grantsInHeaders(S3Call call) {
    return BY_HEADER.keySet().stream().anyMatch(call.headers()::contains);
  }

  /** The list that headers ask for, or null. */
  AclRequest ofHeaders(S3Call call) {
    String canned = call.header("x-amz-acl");
    if (canned != null && grantsInHeaders(call)) {
      throw new S3Failure(
          S3Code.InvalidRequest, "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    List<Acl.Entry> entries = new ArrayList<>();
    for (HttpField field : call.headers()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        Permission permission = BY_HEADER.get(name);
        if (permission == null) {
          throw Numbers.argument(name, field.getValue(), "There is no such grant: " + name);
        }
        for (String who : HeaderText.in(field.getValue()).split(",")) {
          entries.add(new Acl.Entry(granteeOfHeader(call, name, who.strip()), permission));
        }
      }
    }
    if (canned == null) {
      return entries.isEmpty() ? null : new AclRequest.Listed(new Acl(entries), null);
    }
    CannedAcl known = CannedAcl.byText(canned);
    if (known == null) {
      throw Numbers.argument("x-amz-acl", canned, "x-amz-acl has no such canned ACL");
    }
    return new AclRequest.Named(known);
  }

  private Grantee granteeOfHeader(S3Call call, String header, String text) {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? "" : text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    String value = equals < 0 ? "" : text.substring(equals + 1).strip();
    if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    return switch (kind) {
      case "id" -> account(call, value);
      case "uri" -> group(value);
      case "emailaddress" -> throw new S3Failure(S3Code.UnresolvableGrantByEmailAddress);
      default -> throw Numbers.argument(header, text, "Argument format not recognized");
    };
  }

  /** The list of a document. */
  AclRequest ofDocument(S3Call call, XmlTree policy) {
    XmlTree list = policy.child("AccessControlList");
    XmlTree owner = policy.child("Owner");
    if (list == null || owner == null || owner.text("ID") == null) {
      throw new S3Failure(S3Code.MalformedACLError);
    }
    List<Acl.Entry> entries = new ArrayList<>();
    for (XmlTree grant : list.all("Grant")) {
      XmlTree grantee = grant.child("Grantee");
      if (grantee == null) {
        throw new S3Failure(S3Code.MalformedACLError);
      }
      Permission permission = permission(grant.text("Permission"));
      entries.add(new Acl.Entry(granteeOf(call, grantee), permission));
    }
    Acl acl = entries.isEmpty() ? Acl.BARE : new Acl(entries);
    return new AclRequest.Listed(acl, find(call, owner.text("ID").strip()));
  }

  private static Permission permission(String text) {
    for (Permission permission : Permission.values()) {
      if (permission.name().equals(text)) {
        return permission;
      }
    }
    throw new S3Failure(S3Code.MalformedACLError);
  }

  private Grantee granteeOf(S3Call call, XmlTree grantee) {
    String type = grantee.type() == null ? "" : grantee.type();
    return switch (type) {
      case "CanonicalUser" -> account(call, required(grantee, "ID"));
      case "Group" -> group(required(grantee, "URI"));
      case "AmazonCustomerByEmail" -> throw new S3Failure(S3Code.UnresolvableGrantByEmailAddress);
      default -> throw new S3Failure(S3Code.MalformedACLError);
    };
  }

  private static String required(XmlTree grantee, String child) {
    String text = grantee.text(child);
    if (text == null) {
      throw new S3Failure(S3Code.MalformedACLError);
    }
    return text.strip();
  }

  private static Grantee group(String uri) {
    Grantee.Group group = BY_URI.get(uri);
    if (group == null) {
      throw Numbers.argument("Group/URI", uri, "Invalid group uri");
    }
    return group;
  }

  private Grantee account(S3Call call, String canonicalId) {
    Grantee.Account found = find(call, canonicalId);
    if (found.tenantId() < 0) {
      throw Numbers.argument("CanonicalUser/ID", canonicalId, "Invalid id");
    }
    return found;
  }

  private Grantee.Account find(S3Call call, String canonicalId) {
    FindAccount.Command command = new FindAccount.Command(FindAccount.By.CANONICAL_ID, canonicalId);
    return new Grantee.Account(grants.account().execute(call.call(), command).tenantId());
  }
}
