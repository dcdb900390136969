/** Tests of request bodies. */
package dev.anvil.s3.body;
