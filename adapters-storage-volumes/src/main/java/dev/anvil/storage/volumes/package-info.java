/** Bodies in append-only volume files shared by many objects, and the disk they lie on. */
package dev.anvil.storage.volumes;
