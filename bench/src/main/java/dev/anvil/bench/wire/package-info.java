/**
 * A small HTTP/1.1 client over plain sockets: cheap enough to load a server that shares its cores
 * with it, and low enough to send what no proper client would.
 */
package dev.anvil.bench.wire;
