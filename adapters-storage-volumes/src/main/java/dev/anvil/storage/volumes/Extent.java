package dev.anvil.storage.volumes;

/**
 * A run of frames of one body that lie one after another in a volume, all full but perhaps the
 * last.
 *
 * @param volume number of the volume
 * @param position of the first frame's header in it
 * @param offset of the first byte in the body
 * @param length bytes of the body; 0 only for the empty body
 */
record Extent(int volume, long position, long offset, long length) {
  Extent {
    if (volume < 0 || position < 0 || offset < 0 || length < 0) {
      throw new IllegalArgumentException("an extent has no negative part");
    }
  }

  long end() {
    return offset + length;
  }

  /** Number of frames. */
  long frames() {
    return Math.max(1, (length + VolumeFormat.FRAME_DATA - 1) / VolumeFormat.FRAME_DATA);
  }

  /** Bytes in the volume. */
  long storedBytes() {
    long full = frames() - 1;
    int rest = (int) (length - full * VolumeFormat.FRAME_DATA);
    return full * VolumeFormat.FULL_FRAME + VolumeFormat.frameBytes(rest);
  }

  /** Position of the frame that holds the byte of the body. */
  long framePosition(long bodyOffset) {
    return position + (bodyOffset - offset) / VolumeFormat.FRAME_DATA * VolumeFormat.FULL_FRAME;
  }

  /** This run with the frame at its end, or null if the frame does not continue it. */
  Extent with(Extent frame) {
    boolean continues =
        frame.volume == volume
            && length > 0
            && length % VolumeFormat.FRAME_DATA == 0
            && frame.offset == end()
            && frame.position == position + frames() * VolumeFormat.FULL_FRAME;
    return continues ? new Extent(volume, position, offset, length + frame.length) : null;
  }
}
