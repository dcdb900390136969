/** Uploads by HTML form: the form as a stream, and the policy that allows it. */
package dev.anvil.s3.form;
