package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.PageTokens;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Json;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lists the objects of a type whose permission a subject has, or may have. */
public final class FindObjects {
  /**
   * Which page.
   *
   * @param limit 0 for the usual length
   * @param pageToken from the page before, or null
   */
  public record Command(
      String type,
      String permission,
      SubjectRef subject,
      Map<String, Object> context,
      List<Tuple> contextual,
      int limit,
      String pageToken,
      Consistency consistency) {}

  /** A page; its token is of the first page's revision. */
  public record Result(
      List<Lists.Found> objects, String next, boolean complete, String token, Instant evaluatedAt) {
    /** Copies the list. */
    public Result {
      objects = List.copyOf(objects);
    }
  }

  private final AuthzServices services;

  /** Works on these services. */
  public FindObjects(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:check on every object of the type. */
  public Result execute(Call call, Command c) {
    services.access().require(call, Action.AUTHZ_CHECK, Resource.relation(c.type(), null, null));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    byte[] scope =
        Prints.hash(
            "FindObjects",
            c.type(),
            c.permission(),
            c.subject().toString(),
            Json.write(c.context()),
            c.contextual().toString());
    PageTokens pages = new PageTokens(r);
    PageTokens.Place place = pages.open(owner, scope, c.pageToken(), c.consistency());
    String after = place.after() == null ? null : new String(place.after(), StandardCharsets.UTF_8);
    Lists.Paging paging =
        new Lists.Paging(c.context(), c.contextual(), after, Pages.limit(c.limit(), r.limits()));
    Relationships.Answer<Lists.Page> answer =
        services
            .meters()
            .asked(
                "list_objects",
                place.consistency(),
                (Relationships.Answer<Lists.Page> a) -> "answered",
                () ->
                    r.read(
                        owner,
                        place.consistency(),
                        view ->
                            new Lists(view, r.ids(), r.limits(), r.ticker())
                                .objects(c.type(), c.permission(), c.subject(), paging)));
    Lists.Page page = answer.value();
    byte[] last = page.next() == null ? null : page.next().getBytes(StandardCharsets.UTF_8);
    String next = last == null ? null : pages.next(owner, scope, answer.token(), last);
    return new Result(page.found(), next, page.complete(), answer.token(), answer.evaluatedAt());
  }
}
