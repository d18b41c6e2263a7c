package dev.gmr.data;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** The images of several files, one file after the other. */
final class JoinedPixels implements Pixels {
  private final Pixels[] parts;

  /** ends[p] is the number of images in the parts up to p. */
  private final int[] ends;

  JoinedPixels(List<? extends Pixels> files) {
    parts = files.toArray(Pixels[]::new);
    ends = new int[parts.length];
    int end = 0;
    for (int p = 0; p < parts.length; p++) {
      end = Math.addExact(end, parts[p].images());
      ends[p] = end;
    }
  }

  @Override
  public int images() {
    return ends[ends.length - 1];
  }

  private int part(int image) {
    int p = 0;
    while (image >= ends[p]) {
      p++;
    }
    return p;
  }

  private int within(int part, int image) {
    return part == 0 ? image : image - ends[part - 1];
  }

  @Override
  public int get(int image, int index) {
    int p = part(image);
    return parts[p].get(within(p, image), index);
  }

  @Override
  public void copyInto(int image, byte[] out, int offset) {
    int p = part(image);
    parts[p].copyInto(within(p, image), out, offset);
  }

  @Override
  public void normalizedInto(int image, Normalization norm, float[] out, int offset) {
    int p = part(image);
    parts[p].normalizedInto(within(p, image), norm, out, offset);
  }

  @Override
  public void update(MessageDigest digest, int image, byte[] scratch) {
    int p = part(image);
    parts[p].update(digest, within(p, image), scratch);
  }

  @Override
  public void touch(int image) {
    int p = part(image);
    parts[p].touch(within(p, image));
  }

  @Override
  public long heapBytes() {
    return Arrays.stream(parts).mapToLong(Pixels::heapBytes).sum();
  }

  @Override
  public long mappedBytes() {
    return Arrays.stream(parts).mapToLong(Pixels::mappedBytes).sum();
  }

  @Override
  public void requireUnchanged() {
    for (Pixels part : parts) {
      part.requireUnchanged();
    }
  }
}
