/** One table of all routes, read from the annotations that also make the API document. */
package dev.anvil.http.route;
