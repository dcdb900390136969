/** Space on disk that overwrites and deletes give back. */
package dev.anvil.bench.space;
