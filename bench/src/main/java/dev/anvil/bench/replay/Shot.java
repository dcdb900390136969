package dev.anvil.bench.replay;

/**
 * One request ready to be sent. Its body is a template whose first eight bytes are the stamp, big
 * endian: every body is another one, and none is kept.
 *
 * @param head request line and fields with the empty line
 * @param template the body, null for none; shared
 * @param stamp first bytes of the body
 * @param headOnly whether the answer is to HEAD
 * @param answerBytes of body that must come with an answer 2xx, -1 for any number
 */
public record Shot(byte[] head, byte[] template, long stamp, boolean headOnly, long answerBytes) {}
