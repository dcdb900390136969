/**
 * The native API of an Anvil server for programs: buckets, objects, watches and relationships,
 * typed, streaming and tried again where that is harmless. {@link dev.anvil.client.AnvilClient} is
 * where to begin; {@link dev.anvil.client.http.Content} is what a body is made of. Nothing here
 * knows a class of the server.
 */
package dev.anvil.client;
