/**
 * Multipart uploads: parts arrive in any order under an upload's id and become one version in one
 * commit; what is left over is dropped later in bounded steps.
 */
package dev.anvil.objects.multipart;
