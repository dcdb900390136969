/** Load on the native API: rates, latencies and what the server pays for each request. */
package dev.anvil.bench.load;
