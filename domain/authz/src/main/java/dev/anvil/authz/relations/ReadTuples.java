package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.PageTokens;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleReads;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.time.Instant;
import java.util.List;

/** Reads stored tuples by filter, in key order. */
public final class ReadTuples {
  /**
   * Which page.
   *
   * @param limit 0 for the usual length
   * @param pageToken from the page before, or null
   */
  public record Command(Filter filter, int limit, String pageToken, Consistency consistency) {}

  /**
   * A page.
   *
   * @param next token of the next page, or null at the end
   * @param complete whether the page was not cut short by its bound of work
   */
  public record Result(
      List<TupleReads.Found> tuples,
      String next,
      boolean complete,
      String token,
      Instant evaluatedAt) {
    /** Copies the list. */
    public Result {
      tuples = List.copyOf(tuples);
    }
  }

  private final AuthzServices services;

  /** Works on these services. */
  public ReadTuples(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:tuple_read on all that the filter can match. */
  public Result execute(Call call, Command command) {
    Filter f = command.filter();
    services
        .access()
        .require(
            call,
            Action.AUTHZ_TUPLE_READ,
            Resource.relation(f.type(), f.id(), f.id() == null ? null : f.relation()));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    byte[] scope = Prints.hash("ReadTuples", f.toString());
    PageTokens pages = new PageTokens(r);
    PageTokens.Place place = pages.open(owner, scope, command.pageToken(), command.consistency());
    int limit = Pages.limit(command.limit(), r.limits());
    Relationships.Answer<TupleReads.Page> answer =
        r.read(
            owner,
            place.consistency(),
            view ->
                new TupleReads(view, r.ids(), r.limits().question().pageNodes())
                    .page(f, place.after(), limit));
    TupleReads.Page page = answer.value();
    String next =
        page.next() == null ? null : pages.next(owner, scope, answer.token(), page.next());
    return new Result(page.found(), next, page.complete(), answer.token(), answer.evaluatedAt());
  }
}
