/** Signature V4: what a request says about who signed it, and whether that is true. */
package dev.anvil.s3.sign;
