/** Validation of everything a stopped node holds, and what may be rebuilt of it. */
package dev.anvil.operations.repair;
