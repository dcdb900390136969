/** The S3 gateway. Not built yet: the module keeps its place among the driving adapters. */
package dev.anvil.s3;
