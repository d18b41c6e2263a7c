package dev.gmr.train.run;

import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps two processes out of one run folder. The system drops the lock when the process ends in
 * whatever way; the empty file {@code .lock} stays, since removing it would let two processes lock
 * two files of that name.
 */
final class RunLock implements AutoCloseable {
  static final String NAME = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder.
   *
   * @return the lock, or nothing when another process has it
   * @throws IOException when the folder cannot be written
   */
  static Optional<RunLock> acquire(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel)) {
        return Optional.of(new RunLock(channel));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // locked by this very process
    }
  }

  /** Removes the folder of a run that wrote nothing. */
  void discard(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Something else is in the folder: it stays.
      return;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw UserError.files(
          "cannot unlock a run folder: " + IoFaults.describe(e) + "; all is saved", e);
    }
  }
}
