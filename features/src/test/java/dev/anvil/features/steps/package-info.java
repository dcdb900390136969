/** Steps of the features: they speak only the wire. */
package dev.anvil.features.steps;
