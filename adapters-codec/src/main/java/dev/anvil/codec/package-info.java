/** Codecs on third-party libraries: JSON on Jackson, tokens on Nimbus, sealing on the JDK. */
package dev.anvil.codec;
