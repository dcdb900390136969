/**
 * Bucket policies: a documented subset of the language of AWS, parsed once, evaluated with bounded
 * cost. What is not understood is refused when a policy is set, by its name; nothing is ignored.
 */
package dev.anvil.authz.policy;
