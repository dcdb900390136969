/** Failures as callers see them: one sealed tree, named by what the caller should do. */
package dev.anvil.ports.failure;
