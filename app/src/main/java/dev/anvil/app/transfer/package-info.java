/** Large files up and down in parts, several at once; what was cut off goes on where it was. */
package dev.anvil.app.transfer;
