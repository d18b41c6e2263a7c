package dev.gmr.data.fetch;

import dev.gmr.data.DataException;
import dev.gmr.data.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks the wanted files of a tar.gz archive: beside, and renamed once all are there.
 *
 * <p>An archive with anything but plain files and folders below its own folder, or with more data
 * than the wanted files account for, is refused as a whole: nothing good contains such entries.
 */
final class Unpacker {
  /** Room for what archives hold besides the wanted files: a page of text, names of classes. */
  private static final long EXTRA_BYTES = 1 << 20;

  /** Takes the wanted files. */
  interface Target {
    /** Keeps a file; {@code data} ends where it ends. */
    void put(Member member, InputStream data) throws IOException;
  }

  private final Path archive;
  private final RemoteSet set;
  private final Path dir;
  private final Map<String, Member> missing = new HashMap<>();

  /** Bytes that the entries so far declare. */
  private long declared;

  Unpacker(Path archive, RemoteSet set, Path dir) {
    this.archive = archive;
    this.set = set;
    this.dir = dir;
    for (Member member : set.members()) {
      missing.put(set.folder() + "/" + member.name(), member);
    }
  }

  /**
   * Unpacks into the set's folder.
   *
   * @throws DataException if the archive is refused, or the disk does not take it
   */
  void run() {
    Path beside = dir.resolve("." + set.folder() + ".part");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      delete(beside);
      Files.createDirectories(beside);
      Sums.write(beside, run(in, (member, data) -> write(data, beside.resolve(member.name()))));
      install(beside);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      try {
        delete(beside);
      } catch (IOException e) {
        // The next run deletes it first.
      }
    }
  }

  /**
   * Unpacks the wanted files, each once, to wherever {@code target} puts them.
   *
   * @return the sums of the files, by name
   * @throws DataException if the archive is refused, or the target fails
   */
  Map<String, String> run(InputStream packed, Target target) {
    try {
      return unpack(packed, target);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private DataException failed(IOException e) {
    return new DataException(
        archive
            + ": cannot be unpacked into "
            + dir
            + " ("
            + plain(Reason.of(e))
            + "); free space or delete it, and fetch again",
        e);
  }

  /** What an archive says of itself, in one line and without control characters. */
  private static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", "?");
    return line.length() <= 120 ? line : line.substring(0, 117) + "...";
  }

  /** Of a stream that inflates to more than the wanted files account for, no more is read. */
  private Map<String, String> unpack(InputStream packed, Target target) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    long most = wanted() + 2 * EXTRA_BYTES; // as many for headers
    InputStream inflated = new LimitedStream(new GZIPInputStream(packed, 1 << 16), most);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(inflated)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        check(entry);
        Member member = entry.isDirectory() ? null : missing.remove(entry.getName());
        if (member != null) {
          sums.put(member.name(), write(tar, entry, member, target));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw refused(missing.keySet().stream().sorted().toList() + " missing");
    }
    return sums;
  }

  private void check(TarArchiveEntry entry) {
    String name = entry.getName();
    String shown = plain(name);
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw refused("entry \"" + shown + "\" is a link");
    }
    boolean plain =
        entry.getLinkFlag() == TarConstants.LF_NORMAL
            || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    if (!entry.isDirectory() && (!plain || entry.isSparse())) {
      throw refused("entry \"" + shown + "\" is not a plain file");
    }
    if (name.startsWith("/")
        || name.contains("\\")
        || name.contains(":")
        || Arrays.asList(name.split("/", -1)).contains("..")) {
      throw refused("entry \"" + shown + "\" leads out of the folder");
    }
    long size = entry.getSize();
    if (size < 0 || size > wanted() + EXTRA_BYTES - declared) { // a sum might overflow
      throw refused(
          "its entries up to \""
              + shown
              + "\" hold "
              + Math.max(size, size + declared)
              + " bytes, more than the expected "
              + wanted());
    }
    declared += size;
  }

  private long wanted() {
    return set.members().stream().mapToLong(Member::size).sum();
  }

  private String write(InputStream in, TarArchiveEntry entry, Member member, Target target)
      throws IOException {
    long size = member.size();
    if (entry.getSize() != size) {
      throw refused(
          "entry \""
              + entry.getName()
              + "\" holds "
              + entry.getSize()
              + " bytes, expected "
              + size);
    }
    DigestInputStream data = new DigestInputStream(in, Digests.sha256());
    target.put(member, data);
    return HexFormat.of().formatHex(data.getMessageDigest().digest());
  }

  private static void write(InputStream in, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      in.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  /** One rename for a folder that is new; otherwise file by file, each of them whole. */
  private void install(Path beside) throws IOException {
    Path folder = dir.resolve(set.folder());
    if (!Files.exists(folder)) {
      Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    // The sums last: files newer than their sums are found wrong and fetched again, at worst.
    for (String name : names()) {
      Files.move(
          beside.resolve(name),
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<String> names() {
    return Stream.concat(set.members().stream().map(Member::name), Stream.of(Sums.NAME)).toList();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private DataException refused(String problem) {
    return new DataException(
        archive + ": " + problem + "; nothing of it was unpacked: delete it and fetch again");
  }
}
