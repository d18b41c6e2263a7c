package dev.gmr.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** A whole file as memory, with what tells whether it is still the same. */
final class MappedFile {
  private final Path path;
  private final MemorySegment bytes;
  private final BasicFileAttributes before;

  /**
   * Maps a file, which may be larger than the heap; it is unmapped when nothing refers to it.
   *
   * @throws DataException if it cannot be mapped, or has another size than {@code source} found
   */
  MappedFile(SourceFile source) {
    path = source.path();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      before = attributes();
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    if (bytes.byteSize() != source.size()) {
      throw changed(null);
    }
  }

  /** Stands for a mapped file. */
  MappedFile(Path path, MemorySegment bytes) {
    this.path = path;
    this.bytes = bytes;
    before = null;
  }

  MemorySegment bytes() {
    return bytes;
  }

  /** Compares size and time with those at the beginning: what was learnt must not be a mixture. */
  void requireUnchanged() {
    if (before == null) {
      return; // bytes that stand for a file
    }
    BasicFileAttributes now;
    try {
      now = attributes();
    } catch (IOException e) {
      return; // deleted: what is mapped stays as it was
    }
    boolean replaced =
        !Objects.equals(now.fileKey(), before.fileKey()); // by another file: likewise
    if (!replaced
        && (now.size() != before.size()
            || !now.lastModifiedTime().equals(before.lastModifiedTime()))) {
      throw changed(null);
    }
  }

  /**
   * Returns the error for a fault of the mapped memory: the file was cut short, or its disk fails.
   */
  DataException changed(InternalError faultOrNull) {
    return new DataException(
        path
            + ": changed or became shorter while it was in use; bring it back as it was and leave"
            + " it alone during a run",
        faultOrNull);
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }
}
