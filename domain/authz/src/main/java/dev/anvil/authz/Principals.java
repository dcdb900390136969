package dev.anvil.authz;

import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import java.util.List;

/** Who a call is among relationships. */
public final class Principals {
  /** Everybody, unknown callers too. */
  public static final SubjectRef PUBLIC = new SubjectRef("anvil/public", "all", null);

  private Principals() {}

  /** The application, or the end user for whom it acts; null for nobody and administrators. */
  public static SubjectRef self(Call call) {
    Caller caller = call.caller();
    if (caller.anonymous() || caller.admin()) {
      return null;
    }
    return caller.subject() == null
        ? new SubjectRef("anvil/app", caller.clientId(), null)
        : TupleText.subject(caller.subject());
  }

  /** All that a call holds: itself, if it is somebody, and what everybody holds. */
  public static List<SubjectRef> of(Call call) {
    SubjectRef self = self(call);
    return self == null ? List.of(PUBLIC) : List.of(self, PUBLIC);
  }
}
