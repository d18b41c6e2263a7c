package dev.gmr.data;

import java.security.MessageDigest;

/** Pixels in an array, layout (N, H, W, C). */
final class ArrayPixels implements Pixels {
  private final byte[] bytes;
  private final int imageLength;

  ArrayPixels(byte[] bytes, int imageLength) {
    this.bytes = bytes;
    this.imageLength = imageLength;
  }

  @Override
  public int images() {
    return bytes.length / imageLength;
  }

  @Override
  public int get(int image, int index) {
    return bytes[image * imageLength + index] & 0xff;
  }

  @Override
  public void copyInto(int image, byte[] out, int offset) {
    System.arraycopy(bytes, image * imageLength, out, offset, imageLength);
  }

  @Override
  public void normalizedInto(int image, Normalization norm, float[] out, int offset) {
    norm.applyInto(bytes, image * imageLength, imageLength, out, offset);
  }

  @Override
  public void update(MessageDigest digest, int image, byte[] scratch) {
    digest.update(bytes, image * imageLength, imageLength);
  }

  @Override
  public long heapBytes() {
    return bytes.length;
  }
}
