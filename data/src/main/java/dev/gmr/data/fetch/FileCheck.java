package dev.gmr.data.fetch;

import dev.gmr.data.DataException;
import dev.gmr.data.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What a file on disk turned out to be.
 *
 * @param file the file
 * @param state how it compares with what was published
 * @param detail a few words for people, such as the sum found
 */
public record FileCheck(Path file, State state, String detail) {
  /** How a file compares with what was published. */
  public enum State {
    /** The published file, byte for byte. */
    PUBLISHED,
    /** The published data, but unpacked or compressed again. */
    SAME_CONTENT,
    /** Of the right size where that is known, but no sum is known to compare with: unpacked. */
    UNKNOWN,
    /** Something else. */
    DIFFERENT,
    /** Not there. */
    MISSING
  }

  /**
   * Tells whether the file holds the published data for sure.
   *
   * @return true for PUBLISHED and SAME_CONTENT
   */
  public boolean good() {
    return state == State.PUBLISHED || state == State.SAME_CONTENT;
  }

  /**
   * Tells whether the file is not what was published.
   *
   * @return true for DIFFERENT and MISSING
   */
  public boolean wrong() {
    return state == State.DIFFERENT || state == State.MISSING;
  }

  /** Compares a file that is used as it comes, raw or gzipped, with the published one. */
  static FileCheck of(Path file, RemoteFile published) {
    FileCheck plain = of(file, published.content());
    if (plain.good() || plain.state() == State.MISSING) {
      return plain;
    }
    boolean gzip = startsLikeGzip(file);
    if (published.uncompressed().isEmpty()) {
      return gzip
          ? plain
          : new FileCheck(file, State.UNKNOWN, "unpacked; only the packed file's sum is known");
    }
    Content expected = published.uncompressed().orElseThrow();
    String found = gzip ? unpackedSha256(file, expected.size()) : sha256(file);
    return found.equals(expected.sha256())
        ? new FileCheck(file, State.SAME_CONTENT, gzip ? "compressed again" : "unpacked")
        : new FileCheck(file, State.DIFFERENT, "content has SHA-256 " + found);
  }

  /** Compares a file out of an archive with what was unpacked from the published one. */
  static FileCheck of(Path file, Member member) {
    if (!Files.isRegularFile(file)) {
      return new FileCheck(file, State.MISSING, "no such file");
    }
    long size = size(file);
    if (size != member.size()) {
      return new FileCheck(file, State.DIFFERENT, size + " bytes, expected " + member.size());
    }
    Optional<String> sum = Sums.of(file);
    return sum.isPresent()
        ? of(file, sum.get())
        : new FileCheck(file, State.UNKNOWN, "of the right size; only the archive's sum is known");
  }

  /** Compares a file with what it must hold. */
  static FileCheck of(Path file, Content expected) {
    if (!Files.isRegularFile(file)) {
      return new FileCheck(file, State.MISSING, "no such file");
    }
    return of(file, expected.sha256());
  }

  private static FileCheck of(Path file, String expected) {
    String found = sha256(file);
    return found.equals(expected)
        ? new FileCheck(file, State.PUBLISHED, "SHA-256 " + found)
        : new FileCheck(file, State.DIFFERENT, "SHA-256 " + found + ", expected " + expected);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static boolean startsLikeGzip(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Digests.sha256(in, Long.MAX_VALUE);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** One byte beyond the expected size is enough to differ: a gzip bomb is not unpacked whole. */
  private static String unpackedSha256(Path file, long size) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream unpacked = new GZIPInputStream(in, 1 << 16)) {
      return Digests.sha256(unpacked, size + 1);
    } catch (IOException e) {
      return "none: it cannot be unpacked (" + Reason.of(e) + ")";
    }
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException(
        file + ": cannot be read (" + Reason.of(e) + "); check its permissions", e);
  }
}
