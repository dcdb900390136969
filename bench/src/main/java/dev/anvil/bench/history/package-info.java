/**
 * What clients saw of a server, written down outside of it, and the judges of such records: a
 * record is right if one order of all operations explains every answer.
 */
package dev.anvil.bench.history;
