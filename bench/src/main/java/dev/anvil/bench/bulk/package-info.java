/**
 * Large bodies and large buckets against a small heap: nothing may be kept that can be streamed.
 */
package dev.anvil.bench.bulk;
