package dev.anvil.objects;

import static dev.anvil.objects.GovernedWorld.DOCS;
import static dev.anvil.objects.GovernedWorld.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.store.WriteRequest;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;
import dev.anvil.objects.streams.StreamLimits;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ends the wait at the tail of a stream; it happens once the reader has found nothing. */
@Tag("fast")
class StreamTailTest {
  private static final ObjectKey KEY = ObjectKey.of("s");
  private static final String READER = "anvil/object:docs/s#reader@anvil/app:anna";
  private static final Call ANNA = GovernedWorld.app("anna");

  private final GovernedWorld world = GovernedWorld.start();

  @AfterEach
  void close() {
    world.close();
  }

  /** Reads as Anna; the clock stands, and what happens does so at its second look. */
  private ReadStream.Result read(Runnable meanwhile) {
    return read(meanwhile, () -> ANNA);
  }

  private ReadStream.Result read(Runnable meanwhile, Supplier<Call> again) {
    world.stream(KEY.text());
    world.write(WriteRequest.Op.TOUCH, READER);
    AtomicInteger looks = new AtomicInteger();
    ReadStream use =
        new ReadStream(
            world.services,
            () -> {
              if (looks.incrementAndGet() == 2) {
                meanwhile.run();
              }
              return 0;
            });
    return use.execute(
        ANNA, new ReadStream.Command(DOCS, KEY, 1, 10, StreamLimits.MAX_WAIT, again));
  }

  private void append() {
    var command = new AppendRecords.Command(DOCS, KEY, List.of(new byte[] {1}), 0, null);
    new AppendRecords(world.services).execute(OWNER, command);
  }

  @Test
  void anAppend() {
    assertThat(read(this::append).records()).hasSize(1);
  }

  @Test
  void theSeal() {
    Runnable seal =
        () ->
            new SealStream(world.services)
                .execute(OWNER, new SealStream.Command(DOCS, KEY, -1, null));
    ReadStream.Result end = read(seal);
    assertThat(end.records()).isEmpty();
    assertThat(end.stream().sealed()).isTrue();
  }

  @Test
  void itsDeletion() {
    Runnable delete =
        () ->
            new DeleteStream(world.services)
                .execute(OWNER, new DeleteStream.Command(DOCS, KEY, null));
    assertThatThrownBy(() -> read(delete)).isInstanceOf(NotFound.class);
  }

  @Test
  void nothingIsReadOnARightThatWasTakenAwayMeanwhile() {
    Runnable revoke =
        () -> {
          world.write(WriteRequest.Op.DELETE, READER);
          append();
        };
    assertThatThrownBy(() -> read(revoke)).isInstanceOf(Denied.class);
  }

  @Test
  void nothingIsReadWithScopesThatAreGone() {
    Call thinner = new Call(Caller.application(7, "acme", "anna", Scopes.NONE), "r1");
    assertThatThrownBy(() -> read(this::append, () -> thinner)).isInstanceOf(Denied.class);
  }

  @Test
  void nothingIsReadWithATokenThatIsNone() {
    Supplier<Call> expired =
        () -> {
          throw new Unauthenticated(Unauthenticated.Reason.CREDENTIALS, "the token has expired");
        };
    assertThatThrownBy(() -> read(this::append, expired)).isInstanceOf(Unauthenticated.class);
  }
}
