/** What the two APIs can do: the use cases, as functions that are handed in. */
package dev.anvil.http.use;
