/** What a request wants: its address, and the operation it names. Nothing is looked up here. */
package dev.anvil.s3.request;
