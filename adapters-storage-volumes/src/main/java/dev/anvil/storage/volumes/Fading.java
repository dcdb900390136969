package dev.anvil.storage.volumes;

/**
 * How fast the bodies of one volume die. One thread.
 *
 * <p>A volume fades when, at the pace of the last moments, nothing would be alive in it within a
 * bounded time: to copy what lives there now would be for nothing.
 */
final class Fading {
  private boolean begun;
  private long markNanos;
  private long markLive;
  private boolean before;

  /**
   * Notes what lives there now.
   *
   * @return whether the volume fades
   */
  boolean look(long nanos, long live) {
    if (!begun) {
      begun = true;
      mark(nanos, live);
    }
    boolean now = fades(live);
    boolean fading = before || now;
    if (nanos - markNanos >= VolumeLimits.FADING_LOOK_NANOS) {
      before = now;
      mark(nanos, live);
    }
    return fading;
  }

  /** So many bytes were copied elsewhere: they did not die. */
  void moved(long bytes) {
    markLive = Math.max(0, markLive - bytes);
  }

  private void mark(long nanos, long live) {
    markNanos = nanos;
    markLive = live;
  }

  private boolean fades(long live) {
    long died = markLive - live;
    return died > 0 && died * VolumeLimits.FADING_LOOKS >= live;
  }
}
