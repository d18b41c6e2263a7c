package dev.gmr.train.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what an {@link IOException} means, in a few lower-case words and without the path. */
public final class IoFaults {
  private IoFaults() {}

  /**
   * Describes the fault.
   *
   * @param fault what the system threw
   * @return a phrase such as "permission denied" or "no space left on device"
   */
  public static String describe(IOException fault) {
    return switch (fault) {
      case NoSuchFileException e -> "no such file or folder";
      case AccessDeniedException e -> "permission denied";
      case NotDirectoryException e -> "not a folder";
      case DirectoryNotEmptyException e -> "the folder is not empty";
      case FileAlreadyExistsException e -> "a file of that name is in the way";
      case FileSystemException e -> sentence(e.getReason(), e);
      default -> sentence(fault.getMessage(), fault);
    };
  }

  /**
   * Proposes what to do about a fault in writing.
   *
   * @param fault what the system threw
   * @return a phrase in the imperative
   */
  public static String remedy(IOException fault) {
    String what = describe(fault);
    if (what.contains("no space left")) {
      return "free some space";
    }
    if (what.contains("quota")) {
      return "free some of your quota";
    }
    if (fault instanceof AccessDeniedException || what.contains("read-only")) {
      return "make the folder writable or choose another";
    }
    if (fault instanceof NoSuchFileException) {
      return "make the folder";
    }
    return "mend that";
  }

  /**
   * Makes the error of a file that cannot be read.
   *
   * @param file the file
   * @param fault what the system threw
   * @return the error, to be thrown
   */
  public static UserError unreadable(Path file, IOException fault) {
    String remedy =
        switch (fault) {
          case AccessDeniedException e -> "make it readable";
          case NoSuchFileException e -> "bring it back";
          default -> "bring back a copy of it";
        };
    return UserError.files(
        "cannot read %s: %s; %s".formatted(file, describe(fault), remedy), fault);
  }

  private static String sentence(String text, IOException fault) {
    return text == null || text.isEmpty()
        ? fault.getClass().getSimpleName()
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
