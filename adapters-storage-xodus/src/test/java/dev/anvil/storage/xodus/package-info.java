/** Tests of the engine on real folders. */
package dev.anvil.storage.xodus;
