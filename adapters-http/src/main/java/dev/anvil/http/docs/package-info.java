/** The API document and the page that shows it, all out of the jar. */
package dev.anvil.http.docs;
