/** The engine port on Xodus, the default storage engine. */
package dev.anvil.storage.xodus;
