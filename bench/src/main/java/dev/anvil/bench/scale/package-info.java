/**
 * What an operation costs as the number of objects and of clients grows: folders that are filled
 * without HTTP, a server started on each size, and curves.
 */
package dev.anvil.bench.scale;
