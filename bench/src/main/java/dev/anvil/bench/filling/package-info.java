/** Fills the folder of a stopped node with objects, as PUT by S3 would and without HTTP. */
package dev.anvil.bench.filling;
