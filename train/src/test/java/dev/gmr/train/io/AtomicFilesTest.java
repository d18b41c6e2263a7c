package dev.gmr.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir private Path dir;
  private Path target;

  @BeforeEach
  void writeOldContent() throws IOException {
    target = dir.resolve("state");
    Files.writeString(target, "old");
  }

  private void assertOldContentAlone() throws IOException {
    assertThat(target).hasContent("old");
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void replacesTheContent() throws IOException {
    AtomicFiles.writeText(target, "try again", "new");

    assertThat(target).hasContent("new");
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void overwritesWhatAKilledProcessLeft() throws IOException {
    Files.writeString(dir.resolve(".state.tmp"), "a much longer leftover");
    AtomicFiles.writeText(target, "try again", "new");

    assertThat(target).hasContent("new");
  }

  @Test
  void keepsTheOldContentWhenTheDiskIsFull() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    "run gmr train --resume runs/x",
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "cannot write "
                + target
                + ": no space left on device; free some space and run gmr train --resume runs/x");
    assertOldContentAlone();
  }

  @Test
  void keepsTheOldContentWhenPermissionIsMissing() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      throw new AccessDeniedException("x");
                    }))
        .hasMessage(
            "cannot write "
                + target
                + ": permission denied; make the folder writable or choose another and try again");
    assertOldContentAlone();
  }

  @Test
  void keepsTheOldContentWhenTheWriterFails() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      throw new IllegalStateException("defect");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertOldContentAlone();
  }

  @Test
  void namesAFolderThatIsMissing() {
    Path lost = dir.resolve("none").resolve("state");
    assertThatThrownBy(() -> AtomicFiles.writeText(lost, "try again", ""))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "cannot write " + lost + ": no such file or folder; make the folder and try again");
  }

  @Test
  void namesAFolderInTheWay() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("taken"));
    assertThatThrownBy(() -> AtomicFiles.writeText(folder, "try again", "x"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("cannot write " + folder + ": ");
    assertThat(dir.resolve(".taken.tmp")).doesNotExist();
  }

  @Test
  void checksumIsTheKnownOne() throws IOException {
    Files.writeString(target, "abc");
    // FIPS 180-2, appendix B.1
    assertThat(Sha256.of(target))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
