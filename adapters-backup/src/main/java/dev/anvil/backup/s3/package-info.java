/** Backups in a bucket of any S3 endpoint: five signed requests over the JDK's HTTP client. */
package dev.anvil.backup.s3;
