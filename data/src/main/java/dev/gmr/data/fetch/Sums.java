package dev.gmr.data.fetch;

import dev.gmr.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The file SHA256SUMS that unpacking leaves beside the files, in the form that sha256sum -c checks.
 *
 * <p>Publishers give a sum for the archive alone. The sums of what came out of an archive that was
 * right let the files be checked later, when the archive is gone.
 */
final class Sums {
  static final String NAME = "SHA256SUMS";

  /** Between sum and name, as sha256sum writes it. */
  private static final String GAP = "  ";

  private Sums() {}

  /** Writes the sums of some files, by name. */
  static void write(Path folder, Map<String, String> sums) throws IOException {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append(GAP).append(name).append('\n'));
    Files.writeString(folder.resolve(NAME), text);
  }

  /** Looks up the sum of a file in its folder's list; nothing if it is not listed. */
  static Optional<String> of(Path file) {
    Path list = file.resolveSibling(NAME);
    if (!Files.isRegularFile(list)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(list).stream()
          .filter(line -> line.endsWith(GAP + file.getFileName()))
          .map(line -> line.substring(0, line.indexOf(GAP)))
          .findFirst();
    } catch (IOException e) {
      throw new DataException(
          list + ": cannot be read (" + Reason.of(e) + "); delete it to do without", e);
    }
  }
}
