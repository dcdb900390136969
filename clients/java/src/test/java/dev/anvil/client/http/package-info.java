/** Tests of the client over sockets. */
package dev.anvil.client.http;
