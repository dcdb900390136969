package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.settings.Settings;
import dev.anvil.authz.Access;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the use cases work on. */
record NodeParts(IdentityParts identity, ObjectServices objects, WatchParts watches) {
  private static final Logger SECURITY = LoggerFactory.getLogger("anvil.security");

  static NodeParts of(
      Settings settings,
      StorageHome home,
      NodeSecrets secrets,
      NodeStores stores,
      NodeTime time,
      Meters meters) {
    Access access =
        new Access(
            meters,
            (call, action, resource) ->
                SECURITY.warn(
                    "reserved namespace refused: caller={} action={} request={}",
                    call.caller().actor(),
                    action.text(),
                    call.requestId()));
    ObjectServices objects =
        ObjectServices.of(
            stores.partitions(),
            stores.bodies(),
            access,
            new Incarnation(home.identity().incarnation()),
            time.clock(),
            new JacksonJsonDocuments());
    return new NodeParts(
        IdentityParts.open(stores.partitions().directory(), home, secrets, settings, time),
        objects,
        WatchParts.over(objects, secrets, time, meters));
  }
}
