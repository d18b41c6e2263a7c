package dev.gmr.train.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Replaces files whole: a reader, or a process killed at any moment, sees the old content or the
 * new one and never a part.
 *
 * <p>The new content goes to {@code .NAME.tmp} beside the target, reaches the disk, takes the
 * target's name, and the folder's entry reaches the disk too. The temporary name is fixed so that
 * what a killed process left behind is overwritten by the next one; writers of one target must
 * therefore exclude each other, which the lock of a run folder does.
 */
public final class AtomicFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything to the stream, which is buffered and closed by the caller.
     *
     * @param out where to
     * @throws IOException when writing fails; the target then keeps its old content
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFiles() {}

  /**
   * Replaces a file.
   *
   * @param target the file; its folder must exist
   * @param content writes the new content
   * @throws UserError when it cannot be written; the target then keeps its old content
   */
  public static void write(Path target, Content content) {
    write(target, "try again", content);
  }

  /**
   * Replaces a file.
   *
   * @param target the file; its folder must exist
   * @param goOn what the user does once the fault is mended, such as "run gmr train --resume X"
   * @param content writes the new content
   * @throws UserError when it cannot be written; the target then keeps its old content
   */
  public static void write(Path target, String goOn, Content content) {
    Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      writeAndForce(temporary, content);
      move(temporary, target);
      forceFolder(target);
    } catch (IOException e) {
      discard(temporary, e);
      throw UserError.files(
          "cannot write %s: %s; %s and %s"
              .formatted(target, IoFaults.describe(e), IoFaults.remedy(e), goOn),
          e);
    } catch (RuntimeException | Error e) {
      discard(temporary, e);
      throw e;
    }
  }

  /**
   * Replaces a file by text in UTF-8.
   *
   * @param target the file; its folder must exist
   * @param goOn what the user does once the fault is mended
   * @param text the new content
   * @throws UserError when it cannot be written
   */
  public static void writeText(Path target, String goOn, String text) {
    write(target, goOn, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Gives a file a content that is known to grow: where the file holds a beginning of it, the rest
   * is appended, so that programs which follow the file see it grow; else it is replaced. A process
   * killed in between leaves a longer beginning.
   *
   * @param target the file; its folder must exist
   * @param goOn what the user does once the fault is mended
   * @param content the whole content
   * @throws UserError when it cannot be written
   */
  public static void extend(Path target, String goOn, byte[] content) {
    try {
      byte[] held = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
      int common = Arrays.mismatch(held, content);
      if (common == -1) {
        return;
      }
      if (held.length > 0 && common == held.length) {
        append(target, Arrays.copyOfRange(content, held.length, content.length));
        return;
      }
    } catch (IOException e) {
      throw UserError.files(
          "cannot write %s: %s; %s and %s"
              .formatted(target, IoFaults.describe(e), IoFaults.remedy(e), goOn),
          e);
    }
    write(target, goOn, out -> out.write(content));
  }

  private static void append(Path target, byte[] rest) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(rest);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void writeAndForce(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("this file system cannot rename files atomically", e);
    }
  }

  /** The rename itself survives a power cut only once the folder is on the disk. */
  private static void forceFolder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // folders cannot be opened there
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void discard(Path temporary, Throwable reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
