package dev.anvil.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that is read page by page as it is asked for, once, by one thread. It holds one page and
 * no connection, so that it may be left at any place.
 *
 * @param <T> what is listed
 */
public final class Listing<T> implements Iterator<T> {
  private final Function<String, Page<T>> pages;
  private Iterator<T> page;
  private String next;
  private String cursor;

  /** Entries, the token of the next page or null, and where a watch goes on from the list. */
  record Page<T>(List<T> entries, String next, String cursor) {}

  /** By the token of a page, which is null for the first. */
  Listing(Function<String, Page<T>> pages) {
    this.pages = pages;
  }

  private void read(String token) {
    Page<T> read = pages.apply(token);
    page = read.entries().iterator();
    next = read.next();
    // every page repeats the first one's
    cursor = cursor == null ? read.cursor() : cursor;
  }

  @Override
  public boolean hasNext() {
    if (page == null) {
      read(null);
    }
    while (!page.hasNext() && next != null) {
      read(next);
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list is at its end");
    }
    return page.next();
  }

  /** Where a watch begins that misses nothing after this list; empty where lists have none. */
  public String cursor() {
    if (page == null) {
      read(null);
    }
    return cursor;
  }

  /** What is left, lazily. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
