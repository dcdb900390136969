/** Which licences the shipped parts have, read from the bill of materials that the build writes. */
package dev.anvil.features.licences;
