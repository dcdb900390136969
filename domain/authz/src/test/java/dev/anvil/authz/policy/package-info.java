/** Bucket policies, pure. */
package dev.anvil.authz.policy;
