package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.settings.Settings;
import dev.anvil.authz.Resource;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Action;
import dev.anvil.identity.AuditTrail;
import dev.anvil.identity.Call;
import dev.anvil.identity.RateLimits;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.Attempts;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ReadPins;
import dev.anvil.objects.seals.ObjectSeals;
import dev.anvil.ports.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the use cases work on. */
record NodeParts(
    IdentityParts identity,
    ObjectServices objects,
    WatchParts watches,
    RelationParts relations,
    IdentityCare care,
    Admission admission,
    GuardParts guards,
    BackupParts backups) {
  private static final Logger SECURITY = LoggerFactory.getLogger("anvil.security");

  static NodeParts of(
      Settings settings,
      StorageHome home,
      NodeSecrets secrets,
      NodeStores stores,
      NodeTime time,
      Meters meters) {
    Incarnation incarnation = new Incarnation(home.identity().incarnation());
    IdentityParts identity =
        IdentityParts.open(stores.partitions().directory(), home, secrets, settings, time);
    RelationParts relations =
        RelationParts.of(
            stores.partitions(),
            incarnation,
            identity.wireKey(),
            time,
            meters,
            NodeParts::refused,
            new AuditTrail(identity.directory(), time.clock()));
    GuardParts guards = GuardParts.over(stores.partitions(), identity.sealer(), time, meters);
    ObjectServices objects =
        new ObjectServices(
            stores.partitions(),
            stores.bodies(),
            relations.services().access(),
            relations.buckets(),
            incarnation,
            time.clock(),
            new JacksonJsonDocuments(),
            new Attempts(),
            new ReadPins(),
            guards.guards());
    return new NodeParts(
        identity,
        objects,
        WatchParts.over(objects, identity.wireKey(), time, meters),
        relations,
        new IdentityCare(
            identity,
            secrets,
            TenantErasures.of(objects, relations.services()),
            objects,
            new ObjectSeals(objects, guards.targets()),
            time,
            meters),
        new Admission(
            new RateLimits(
                identity.directory(),
                time.ticker(),
                settings.identity().ofApplication(),
                settings.identity().ofTenant()),
            meters),
        guards,
        BackupParts.of(settings.backup(), home, secrets, stores, objects, time, meters));
  }

  private static void refused(Call call, Action action, Resource resource) {
    SECURITY.warn(
        "reserved namespace refused: caller={} action={} request={}",
        call.caller().actor(),
        action.text(),
        call.requestId());
  }
}
