/** Documents that several operations send or take, as records that are JSON as they stand. */
package dev.anvil.http.documents;
