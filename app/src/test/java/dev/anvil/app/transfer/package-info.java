/** Tests of large files up and down. */
package dev.anvil.app.transfer;
