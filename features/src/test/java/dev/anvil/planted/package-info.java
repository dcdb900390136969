/**
 * A small copy of the product that breaks every architecture rule once: each class is named by a
 * rule, and the architecture test fails if the rule does not notice it.
 */
package dev.anvil.planted;
