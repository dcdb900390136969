/** The testkit's own suites on the memory backend, and proof that they turn red. */
package dev.anvil.ports.testkit;
