/** What questions about relationships cost on a real engine, in process. */
package dev.anvil.bench.authz;
