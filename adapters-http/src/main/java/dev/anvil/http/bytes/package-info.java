/** Object bytes in and out, as plain handlers: streamed, verified, bounded in memory. */
package dev.anvil.http.bytes;
