package dev.anvil.app.node;

import dev.anvil.authz.store.Relationships;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.SivSealer;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.journal.watch.Incarnations;
import dev.anvil.journal.watch.WatchBucket;
import dev.anvil.journal.watch.WatchHub;
import dev.anvil.journal.watch.WatchRelationships;
import dev.anvil.journal.watch.WatchTenant;
import dev.anvil.objects.JournalSpaces;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.metrics.Meters;
import java.util.List;
import java.util.concurrent.Executor;

/** Watches over the journals of this node, and the cursors of all its answers. */
record WatchParts(WatchHub hub, CursorTexts cursors) {
  static WatchParts over(ObjectServices objects, KeyMaterial key, NodeTime time, Meters meters) {
    CursorTexts cursors =
        new CursorTexts(new SivSealer(List.of(key), "cursor"), objects.incarnation());
    WatchHub.Sources sources =
        new WatchHub.Sources(
            objects.partitions(),
            objects.access(),
            new JournalSpaces(objects),
            cursors,
            Incarnations.open(objects.partitions(), objects.incarnation()));
    Executor followers = task -> Thread.ofVirtual().name("anvil-watch-follower").start(task);
    return new WatchParts(new WatchHub(sources, followers, time.ticker(), meters), cursors);
  }

  UseCases.Watches useCases(Relationships relationships) {
    return new UseCases.Watches(
        new WatchBucket(hub)::execute,
        new WatchTenant(hub)::execute,
        new WatchRelationships(hub, relationships)::execute,
        cursors);
  }
}
