package dev.anvil.objects.exposure;

import dev.anvil.objects.KeyState;
import dev.anvil.objects.VersionRecord;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.ReadTx;
import java.util.Map;

/** The version that a request names, or why there is none. */
final class Found {
  private Found() {}

  static VersionRecord of(ReadTx tx, KeyState state, String version) {
    VersionRecord found = version == null ? state.live() : state.find(tx, version);
    if (found == null) {
      throw version == null
          ? new NotFound(
              NotFound.Reason.OBJECT,
              "there is no object '" + state.key() + "' in bucket '" + state.bucket().name() + "'",
              Map.of("bucket", state.bucket().name().value(), "key", state.key().text()))
          : new NotFound(
              NotFound.Reason.VERSION,
              "there is no version " + version + " of '" + state.key() + "'; list its versions",
              Map.of("key", state.key().text(), "version", version));
    }
    if (found.marker()) {
      throw new WrongState(
          WrongState.Reason.DELETE_MARKER,
          "version " + found.id().text() + " is a delete marker; it has no list",
          Map.of("version", found.id().text()));
    }
    return found;
  }
}
