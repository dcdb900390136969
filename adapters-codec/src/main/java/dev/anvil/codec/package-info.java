/** JSON, tokens and sealed secrets behind their ports, on Jackson, Nimbus and the JDK's ciphers. */
package dev.anvil.codec;
