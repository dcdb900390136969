package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.PageTokens;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.values.Json;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lists the subjects of a kind that have a permission of an object, or may have it. */
public final class FindSubjects {
  /**
   * Which page.
   *
   * @param subjectRelation of usersets, or null for objects
   * @param limit 0 for the usual length
   * @param pageToken from the page before, or null
   */
  public record Command(
      ObjectRef resource,
      String permission,
      String subjectType,
      String subjectRelation,
      Map<String, Object> context,
      List<Tuple> contextual,
      int limit,
      String pageToken,
      Consistency consistency) {}

  /** A page; a wildcard stands on the first, or is null. */
  public record Result(
      List<SubjectRef> subjects,
      List<Lists.Found> found,
      Lists.Wildcard wildcard,
      String next,
      boolean complete,
      String token,
      Instant evaluatedAt) {}

  private final AuthzServices services;

  /** Works on these services. */
  public FindSubjects(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:tuple_read on the member of the object. */
  public Result execute(Call call, Command c) {
    services
        .access()
        .require(
            call,
            Action.AUTHZ_TUPLE_READ,
            Resource.relation(c.resource().type(), c.resource().id(), c.permission()));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    byte[] scope =
        Prints.hash(
            "FindSubjects",
            c.resource().toString(),
            c.permission(),
            c.subjectType(),
            c.subjectRelation(),
            Json.write(c.context()),
            c.contextual().toString());
    PageTokens pages = new PageTokens(r);
    PageTokens.Place place = pages.open(owner, scope, c.pageToken(), c.consistency());
    String after = place.after() == null ? null : new String(place.after(), StandardCharsets.UTF_8);
    Lists.Paging paging =
        new Lists.Paging(c.context(), c.contextual(), after, Pages.limit(c.limit(), r.limits()));
    Relationships.Answer<Lists.Subjects> answer =
        services
            .meters()
            .asked(
                "list_subjects",
                place.consistency(),
                (Relationships.Answer<Lists.Subjects> a) -> "answered",
                () ->
                    r.read(
                        owner,
                        place.consistency(),
                        view ->
                            new Lists(view, r.ids(), r.limits(), r.ticker())
                                .subjects(
                                    c.resource(),
                                    c.permission(),
                                    c.subjectType(),
                                    c.subjectRelation(),
                                    paging)));
    Lists.Page page = answer.value().page();
    byte[] last = page.next() == null ? null : page.next().getBytes(StandardCharsets.UTF_8);
    String next = last == null ? null : pages.next(owner, scope, answer.token(), last);
    List<SubjectRef> subjects =
        page.found().stream()
            .map(f -> new SubjectRef(c.subjectType(), f.id(), c.subjectRelation()))
            .toList();
    return new Result(
        subjects,
        page.found(),
        answer.value().wildcard(),
        next,
        page.complete(),
        answer.token(),
        answer.evaluatedAt());
  }
}
