/** Tests of ageing. */
package dev.anvil.bench.ageing;
