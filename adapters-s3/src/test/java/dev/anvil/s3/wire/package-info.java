/** Tests of Signature V4. */
package dev.anvil.s3.wire;
