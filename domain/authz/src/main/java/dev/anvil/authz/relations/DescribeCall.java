package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.authz.values.Json;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Circumstances;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Takes what a request says of itself beside its credentials: for which end user it acts, values
 * for conditions, and how new the relationships must be. The gate decides with it.
 */
public final class DescribeCall {
  /** Header with the end user. */
  public static final String SUBJECT = "Anvil-Subject";

  /** Header with values for conditions. */
  public static final String CONTEXT = "Anvil-Context";

  /** Header with a revision token. */
  public static final String TOKEN = "Anvil-Authz-Token";

  private static final String SERVERS = "anvil_";
  private static final String USER = "anvil/user";

  /**
   * What it says; null for nothing.
   *
   * @param subject text of an object, for example {@code user:anna}
   * @param context JSON object
   * @param revisionToken from an earlier answer
   */
  public record Command(String subject, String context, String revisionToken) {}

  /** The call that decides from now on. */
  public record Result(Call call) {}

  private final AuthzServices services;
  private final ActingLog acting;

  /** Works on these services. */
  public DescribeCall(AuthzServices services) {
    this.services = services;
    this.acting =
        new ActingLog((call, kind, subject, detail) ->
            services.trail().changed(call, kind, subject, detail, null));
  }

  /** Needs authz:act_as on the end user, which is audited, and authz:context for values. */
  public Result execute(Call call, Command command) {
    Caller caller = call.caller();
    if (command.subject() != null) {
      caller = caller.actingFor(subject(call, command.subject()).toString());
    }
    Circumstances c = call.circumstances();
    Map<String, Object> context =
        command.context() == null ? c.context() : context(call, command.context());
    String token = command.revisionToken();
    if (token != null) {
      // a token of another tenant or store is refused here, whatever the request is about
      services.relationships().requireToken(services.owner(call), token);
    }
    return new Result(
        new Call(
            caller,
            call.requestId(),
            new Circumstances(c.ip(), c.secure(), context, token, c.facts())));
  }

  private SubjectRef subject(Call call, String text) {
    SubjectRef who = TupleText.subject(text);
    boolean servers = SystemSchema.isSystem(who.type()) && !who.type().equals(USER);
    if (who.relation() != null || who.wildcard() || who.id().isEmpty() || servers) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          SUBJECT
              + " names one end user, for example user:anna; groups, wildcards and the"
              + " server's own types cannot call",
          Map.of("name", SUBJECT));
    }
    services
        .access()
        .require(call, Action.AUTHZ_ACT_AS, Resource.relation(who.type(), who.id(), null));
    acting.acts(call, who.toString(), services.relationships().now());
    return who;
  }

  private Map<String, Object> context(Call call, String text) {
    services.access().require(call, Action.AUTHZ_CONTEXT, Resource.relation(null, null, null));
    int most = services.relationships().limits().question().contextBytes();
    if (text.getBytes(StandardCharsets.UTF_8).length > most) {
      throw bad("it has at most " + most + " bytes");
    }
    try {
      Json.Prefix found = Json.readObject(text, 0);
      if (!text.substring(found.end()).isBlank()) {
        throw bad("something follows the object");
      }
      for (String name : found.object().keySet()) {
        if (name.startsWith(SERVERS)) {
          throw bad("names that start with " + SERVERS + " are the server's own");
        }
      }
      return found.object();
    } catch (Json.Malformed e) {
      throw bad(e.getMessage());
    }
  }

  private static Invalid bad(String why) {
    return new Invalid(
        Invalid.Reason.ARGUMENT,
        CONTEXT + " is a JSON object of values for conditions: " + why,
        Map.of("name", CONTEXT));
  }
}
