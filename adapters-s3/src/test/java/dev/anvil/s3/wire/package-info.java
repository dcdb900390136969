/** Tests of texts and documents. */
package dev.anvil.s3.wire;
