/** Bodies of requests: aws-chunked streams, checksums, and documents. */
package dev.anvil.s3.body;
