package dev.gmr.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file of a data set: opened with its problems told apart, and never trusted about its length.
 *
 * <p>Memory is allocated for what a file really holds, not for what a header promises, so neither a
 * wrong header nor a gzip bomb can exhaust it.
 */
final class SourceFile {
  /** More than any set read here: five times MNIST, half as much again as all of CIFAR-10. */
  static final long MAX_BYTES = 1L << 28;

  private static final String REPLACE = "; replace the file (\"gmr data fetch\" downloads it)";

  private final Path path;
  private final long size;

  /** Checks that there is a regular, readable file with something in it. */
  SourceFile(Path path) {
    this.path = path;
    if (Files.isDirectory(path)) {
      throw new DataException(
          path + ": is a folder, expected a file; move it away or check --data-dir");
    }
    if (!Files.exists(path)) {
      throw new DataException(path + ": no such file; check --data-dir, or run gmr data fetch");
    }
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + ": is not a regular file; put the data set's file there or check --data-dir");
    }
    if (!Files.isReadable(path)) {
      throw new DataException(path + ": cannot be read; check its permissions");
    }
    try {
      size = Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (size == 0) {
      throw bad("is empty");
    }
  }

  long size() {
    return size;
  }

  Path path() {
    return path;
  }

  /** A problem whose cure is another copy of the file. */
  DataException bad(String problem) {
    return new DataException(path + ": " + problem + REPLACE);
  }

  DataException bad(String problem, Throwable cause) {
    return new DataException(path + ": " + problem + REPLACE, cause);
  }

  /** Opens the file, through gzip if its first bytes say so, whatever its name. */
  InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Reads exactly {@code expected} bytes and makes sure that the stream ends there.
   *
   * @param what names the bytes in messages, such as "pixels of 60000 images of 28x28"
   */
  byte[] body(InputStream in, int expected, String what) throws IOException {
    // 16: images compress to a quarter or so; what compresses better has to prove it first.
    byte[] bytes = new byte[(int) Math.min(expected, 16 * size)];
    int n = 0;
    while (true) {
      n += in.readNBytes(bytes, n, bytes.length - n);
      if (n < bytes.length) {
        throw bad("is truncated: " + expected + " bytes expected (" + what + "), " + n + " found");
      }
      if (n == expected) {
        break;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(expected, 2L * n));
    }
    if (in.read() >= 0) {
      throw bad("has trailing bytes after the " + expected + " expected (" + what + ")");
    }
    return bytes;
  }

  /** Tells apart what reading can run into. */
  DataException unreadable(IOException e) {
    return switch (e) {
      case EOFException eof -> bad("is truncated: its gzip data ends early", eof);
      case ZipException zip -> bad("holds corrupt gzip data (" + zip.getMessage() + ")", zip);
      case AccessDeniedException denied ->
          new DataException(path + ": cannot be read; check its permissions", denied);
      default ->
          new DataException(
              path + ": cannot be read (" + e.getMessage() + "); put another copy there", e);
    };
  }
}
