package dev.gmr.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
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
  /**
   * The most that is read into memory: five times MNIST, half as much again as all of CIFAR-10.
   * What is mapped may be larger.
   */
  static final long MAX_BYTES = 1L << 28;

  private static final int BUFFER = 1 << 16;
  private static final String REPLACE = "; replace the file (\"gmr data fetch\" downloads it)";

  private final Path path;
  private final long size;

  /** What to do about a bad file. */
  private final String remedy;

  /** What stands for the file's content; null for a real file. */
  private final byte[] content;

  private Boolean gzipped;

  /** Checks that there is a regular, readable file with something in it. */
  SourceFile(Path path) {
    this(path, REPLACE);
  }

  /** As above; a problem's message ends with {@code remedy}. */
  SourceFile(Path path, String remedy) {
    this.path = path;
    this.remedy = remedy;
    content = null;
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

  /** Stands for a file of this content: for tests of many files. */
  SourceFile(Path path, byte[] content) {
    this.path = path;
    remedy = REPLACE;
    this.content = content;
    size = content.length;
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
    return new DataException(path + ": " + problem + remedy);
  }

  DataException bad(String problem, Throwable cause) {
    return new DataException(path + ": " + problem + remedy, cause);
  }

  /** Opens the file, through gzip if its first bytes say so, whatever its name. */
  InputStream open() throws IOException {
    InputStream in =
        content == null
            ? new BufferedInputStream(Files.newInputStream(path), BUFFER)
            : new ByteArrayInputStream(content);
    try {
      in.mark(2);
      gzipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzipped ? new GZIPInputStream(in, (int) Math.min(BUFFER, size)) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Tells what {@link #open} found. */
  boolean gzipped() {
    return gzipped;
  }

  /** Maps the whole file. */
  MappedFile map() {
    return content == null
        ? new MappedFile(this)
        : new MappedFile(path, MemorySegment.ofArray(content));
  }

  /** Makes sure that a header is followed by exactly {@code expected} bytes. */
  void requireBody(long found, long expected, String what) {
    if (found < expected) {
      throw bad(
          "is truncated: " + expected + " bytes expected (" + what + "), " + found + " found");
    }
    if (found > expected) {
      throw bad("has trailing bytes after the " + expected + " expected (" + what + ")");
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
        requireBody(n, expected, what);
      }
      if (n == expected) {
        break;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(expected, 2L * n));
    }
    if (in.read() >= 0) {
      requireBody(expected + 1L, expected, what);
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
