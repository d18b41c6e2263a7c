package dev.gmr.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files of the formats that the readers take. */
public final class TestFiles {
  private TestFiles() {}

  /**
   * Makes an IDX file.
   *
   * @param magic its first four bytes
   * @param shape its dimensions
   * @param body what follows
   * @return the file
   */
  public static byte[] idx(int magic, int[] shape, byte[] body) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + body.length).putInt(magic);
    for (int dimension : shape) {
      bytes.putInt(dimension);
    }
    return bytes.put(body).array();
  }

  /**
   * Makes a file of 28x28 images; pixel i of all is i mod 251.
   *
   * @param n how many
   * @return the file
   */
  public static byte[] images(int n) {
    byte[] body = new byte[n * 784];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i % 251);
    }
    return idx(0x803, new int[] {n, 28, 28}, body);
  }

  /**
   * Makes a file of labels; label i is i mod 10.
   *
   * @param n how many
   * @return the file
   */
  public static byte[] labels(int n) {
    byte[] body = new byte[n];
    for (int i = 0; i < n; i++) {
      body[i] = (byte) (i % 10);
    }
    return idx(0x801, new int[] {n}, body);
  }

  /**
   * Compresses.
   *
   * @param bytes anything
   * @return the same, gzipped
   * @throws IOException never
   */
  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  /**
   * Makes a CIFAR batch; labels are i mod classes, pixels vary with plane and place.
   *
   * @param n how many images
   * @param labelBytes 1 or 2
   * @param classes below which the labels stay
   * @return the file
   */
  public static byte[] cifar(int n, int labelBytes, int classes) {
    int record = labelBytes + 3072;
    byte[] bytes = new byte[n * record];
    for (int i = 0; i < n; i++) {
      bytes[i * record + labelBytes - 1] = (byte) (i % classes);
      for (int j = 0; j < 3072; j++) {
        bytes[i * record + labelBytes + j] = (byte) (i + 80 * (j / 1024) + j % 7);
      }
    }
    return bytes;
  }

  /**
   * Writes the four files of a small MNIST, raw: 20 training and 10 test images.
   *
   * @param folder where
   * @throws IOException if it cannot
   */
  public static void writeMnist(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(20));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(20));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(10));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(10));
  }
}
