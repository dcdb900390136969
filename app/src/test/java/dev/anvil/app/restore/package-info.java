/** Tests of backups, restores and drills on real nodes. */
package dev.anvil.app.restore;
