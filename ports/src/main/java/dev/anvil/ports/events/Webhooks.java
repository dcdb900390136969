package dev.anvil.ports.events;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Posts messages to addresses that an operator named. An address that resolves to this machine, its
 * link or a private network is refused unless the operator listed it; redirects are not followed;
 * an answer's body is not kept. Safe for any number of threads; blocks.
 */
public interface Webhooks {
  /** Most posts of one call. */
  int MAX_POSTS = 32;

  /**
   * A message.
   *
   * @param url http or https
   * @param headers names and values, beside those of HTTP itself
   * @param body JSON; not changed by who holds it
   */
  record Post(URI url, Map<String, String> headers, byte[] body) {}

  /**
   * What became of a message.
   *
   * @param delivered whether it was answered with a status of 200 to 299
   * @param detail the status, or why there was none; names no secret
   */
  record Outcome(boolean delivered, String detail) {}

  /**
   * Posts them side by side, each with a bounded time; never fails as a whole.
   *
   * @param posts at most {@link #MAX_POSTS}
   * @return one outcome a post, in their order
   */
  List<Outcome> post(List<Post> posts);
}
