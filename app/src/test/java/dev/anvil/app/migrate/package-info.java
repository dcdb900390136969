/** Tests of engine migration. */
package dev.anvil.app.migrate;
