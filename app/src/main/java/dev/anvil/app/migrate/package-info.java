/** Moving a stopped node from one storage engine to another: resumable, verified, then switched. */
package dev.anvil.app.migrate;
