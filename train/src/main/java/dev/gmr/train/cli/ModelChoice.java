package dev.gmr.train.cli;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ArchitectureException;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Networks as --model names them: built in, or described by a file. */
final class ModelChoice {
  private static final int MAX_BYTES = 1 << 20;

  private ModelChoice() {}

  /** Returns what the network is made of. */
  static Architecture read(String model) {
    Architecture own = own(model);
    return own == null ? Architecture.builtIn(model) : own;
  }

  /** Reads a file's description; returns null for a network that is built in. */
  static Architecture own(String model) {
    if (!Recipe.isFile(model)) {
      return null;
    }
    try {
      return Architecture.parse(text(Choices.path(model)), model);
    } catch (ArchitectureException e) {
      throw UserError.files(e.getMessage() + "; gmr models NAME --json prints an example");
    }
  }

  private static String text(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw UserError.files(
            "%s is longer than the %d bytes a description may have".formatted(file, MAX_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw UserError.files(file + " is no text in UTF-8; write it as one", e);
    } catch (IOException e) {
      throw UserError.files(
          "cannot read %s: %s; give --model a file that describes a network"
              .formatted(file, IoFaults.describe(e)),
          e);
    }
  }
}
