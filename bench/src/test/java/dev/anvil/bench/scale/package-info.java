/** The study of costs by number of objects and of clients. */
package dev.anvil.bench.scale;
