/** Signing of tokens and sealing of secrets, without a cryptography library in the domain. */
package dev.anvil.ports.identity;
