/** Tests of transfers without a server. */
package dev.anvil.client.transfer;
