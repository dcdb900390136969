/** Tests of the S3 client alone; features back up to another node. */
package dev.anvil.backup.s3;
