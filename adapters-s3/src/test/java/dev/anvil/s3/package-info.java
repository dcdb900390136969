/** Tests of the gateway over real sockets. */
package dev.anvil.s3;
