package dev.anvil.ports.bodies;

/**
 * What a body store holds as of its last checkpoint, and did since it was opened.
 *
 * @param bodies sealed and not freed
 * @param unkept of them, those no durable record was reported for
 * @param liveBytes their bytes in the volumes, checks included
 * @param garbageBytes bytes of volumes that no body uses
 * @param volumes files
 * @param openBodies being written now
 * @param pendingChanges changes of the index the next checkpoint brings to the disk
 * @param sealed bodies sealed since opening
 * @param syncs volume syncs since opening
 */
public record BodyStats(
    long bodies,
    long unkept,
    long liveBytes,
    long garbageBytes,
    int volumes,
    int openBodies,
    int pendingChanges,
    long sealed,
    long syncs) {}
