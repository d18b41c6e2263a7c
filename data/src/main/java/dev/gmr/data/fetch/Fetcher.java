package dev.gmr.data.fetch;

import dev.gmr.data.DataException;
import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.data.Suggestions;
import dev.gmr.data.digits.Digits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Downloads data sets into a data folder, and checks those that are there. */
public final class Fetcher {
  private static final String DIGITS = "digits";
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path dir;
  private final List<RemoteSet> sets;
  private final Duration connect;
  private final Duration patience;

  /**
   * Fetches what the publishers offer; waits 20 seconds for a connection and 60 between bytes.
   *
   * @param dirOrNull the data folder; null for {@link DataSets#DEFAULT_DIR}
   */
  public Fetcher(Path dirOrNull) {
    this(dirOrNull, Catalogue.published(), CONNECT, PATIENCE);
  }

  /**
   * Fetches what a catalogue offers.
   *
   * @param dirOrNull the data folder; null for {@link DataSets#DEFAULT_DIR}
   * @param sets the catalogue
   * @param connect the longest wait for a connection
   * @param patience the longest wait for an answer, and between bytes
   */
  public Fetcher(Path dirOrNull, List<RemoteSet> sets, Duration connect, Duration patience) {
    dir = dirOrNull == null ? DataSets.DEFAULT_DIR : dirOrNull;
    this.sets = List.copyOf(sets);
    this.connect = connect;
    this.patience = patience;
  }

  /**
   * Returns what can be downloaded.
   *
   * @return the catalogue
   */
  public List<RemoteSet> sets() {
    return sets;
  }

  /**
   * Tells whether a data set's files are there, without reading them.
   *
   * @param name one of {@link DataSets#names()}
   * @return true if {@link DataSets#load} would find its files; always for digits
   * @throws DataException if the name is unknown
   */
  public boolean isPresent(String name) {
    if (!DataSets.names().contains(name)) {
      throw new DataException(Suggestions.unknown("data set", name, DataSets.names()));
    }
    try {
      DataSets.files(name, dir);
      return true;
    } catch (DataException e) {
      return false;
    }
  }

  /**
   * Downloads a data set; what is there and right is left alone, what was begun is continued.
   *
   * @param name one of {@link #sets()}
   * @param progress is told how it goes on
   * @return the files, ready for {@link DataSets#load}
   * @throws DataException if the name is unknown, no mirror delivers, or the disk does not take it
   */
  public List<Path> fetch(String name, Progress progress) {
    if (name.equals(DIGITS)) {
      throw new DataException("digits is built in: there is nothing to fetch");
    }
    RemoteSet set = find(name);
    Path folder = dir.resolve(set.folder());
    try {
      Files.createDirectories(set.isArchive() ? dir : folder);
    } catch (IOException e) {
      throw new DataException(
          dir + ": cannot be created (" + Reason.of(e) + "); check --data-dir", e);
    }
    Path lockFile = dir.resolve("." + name + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw busy(lockFile);
      }
      try {
        return set.isArchive() ? archive(set, progress) : files(set, folder, progress);
      } finally {
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      throw busy(lockFile);
    } catch (IOException e) {
      throw new DataException(
          lockFile + ": cannot be written (" + Reason.of(e) + "); check --data-dir", e);
    }
  }

  private static DataException busy(Path lockFile) {
    return new DataException(
        lockFile + ": another download of this data set is running; wait until it is done");
  }

  private List<Path> files(RemoteSet set, Path folder, Progress progress) {
    List<Path> files = new ArrayList<>();
    for (RemoteFile file : set.files()) {
      Path path = folder.resolve(file.name());
      if (!FileCheck.of(path, file).good()) {
        download(file, folder, progress);
      }
      files.add(path);
    }
    return files;
  }

  private List<Path> archive(RemoteSet set, Progress progress) {
    Path folder = dir.resolve(set.folder());
    List<Path> files = new ArrayList<>();
    boolean complete = true;
    for (Member member : set.members()) {
      Path path = folder.resolve(member.name());
      files.add(path);
      // A file of the right size without a recorded sum stays: it may be the user's own copy.
      complete &= !FileCheck.of(path, member).wrong();
    }
    if (complete) {
      return files;
    }
    RemoteFile file = set.files().getFirst();
    Path packed = dir.resolve(file.name());
    if (!FileCheck.of(packed, file).good()) {
      download(file, dir, progress);
    }
    new Unpacker(packed, set, dir).run();
    try {
      Files.delete(packed);
    } catch (IOException e) {
      throw new DataException(packed + ": unpacked, but cannot be deleted; delete it yourself", e);
    }
    return files;
  }

  private void download(RemoteFile file, Path folder, Progress progress) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(connect)
            .build();
    try {
      new Download(client, patience, file, folder, progress).run();
    } finally {
      client.shutdownNow();
    }
  }

  /**
   * Checks a data set that is there: its files against the catalogue, and by reading it. Digits are
   * drawn and compared with the published sums.
   *
   * @param name one of {@link DataSets#names()}
   * @return what was found
   * @throws DataException if the name is unknown or files are missing
   */
  public Verification verify(String name) {
    List<Path> files = DataSets.files(name, dir);
    List<FileCheck> checks = new ArrayList<>();
    if (!name.equals(DIGITS)) {
      RemoteSet set = find(name);
      // The catalogue and the readers list a set's files in the same order.
      for (int i = 0; i < files.size(); i++) {
        checks.add(
            set.isArchive()
                ? FileCheck.of(files.get(i), set.members().get(i))
                : FileCheck.of(files.get(i), set.files().get(i)));
      }
    }
    try {
      DataSet data = DataSets.load(name, dir);
      boolean drawnRight =
          !name.equals(DIGITS)
              || (data.train().sha256().equals(Digits.TRAIN_SHA256)
                  && data.test().sha256().equals(Digits.TEST_SHA256));
      return new Verification(
          name,
          checks,
          drawnRight,
          drawnRight
              ? data.train() + " to train on, " + data.test() + " to test on"
              : "drawn differently on this machine: please report it");
    } catch (DataException e) {
      return new Verification(name, checks, false, e.getMessage());
    }
  }

  private RemoteSet find(String name) {
    for (RemoteSet set : sets) {
      if (set.name().equals(name)) {
        return set;
      }
    }
    throw new DataException(
        Suggestions.unknown("data set", name, sets.stream().map(RemoteSet::name).toList()));
  }
}
