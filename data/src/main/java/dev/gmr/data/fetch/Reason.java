package dev.gmr.data.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Why the disk did not do something, in words: many exceptions' messages are only a path. */
final class Reason {
  private Reason() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case ClosedByInterruptException interrupted -> "interrupted";
      case EOFException early -> "ends too early";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
