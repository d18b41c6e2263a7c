package dev.gmr.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gmr.data.DataException;
import dev.gmr.data.Digests;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of one file, from servers good and bad. */
class FetcherTest {
  private static final int SIZE = 300_000;

  /** Long enough for a busy machine where the server answers; tests of stalls take their own. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private FaultyServer server;
  private byte[] bytes;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Content content(byte[] bytes) {
    return new Content(bytes.length, HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
  }

  private Fetcher fetcher(Duration patience, URI... mirrors) {
    RemoteFile file =
        new RemoteFile("file.bin", content(bytes), Optional.empty(), List.of(mirrors));
    RemoteSet set = new RemoteSet("toy", "a toy", "toy", List.of(file), List.of());
    return new Fetcher(dir, List.of(set), PATIENCE, patience);
  }

  private Path target() {
    return dir.resolve("toy/file.bin");
  }

  private Path part() {
    return dir.resolve("toy/file.bin.part");
  }

  private void fetches(URI... mirrors) throws IOException {
    assertThat(fetcher(PATIENCE, mirrors).fetch("toy", Progress.NONE)).containsExactly(target());
    whole();
  }

  private void whole() throws IOException {
    assertThat(Files.readAllBytes(target())).isEqualTo(bytes);
    try (Stream<Path> left = Files.walk(dir)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(target());
    }
  }

  private void fails(Duration patience, String reason, URI... mirrors) {
    assertThatThrownBy(() -> fetcher(patience, mirrors).fetch("toy", Progress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "file.bin: no mirror delivered it ("
                + reason
                + "); try again later, or put the file at "
                + target());
    assertThat(target()).doesNotExist();
  }

  @Test
  void downloadsAndReports() throws IOException {
    URI good = server.on("/good", FaultyServer.good(bytes));
    List<Long> seen = new ArrayList<>();
    fetcher(PATIENCE, good)
        .fetch(
            "toy",
            (file, soFar, total) -> {
              assertThat(file).isEqualTo("file.bin");
              assertThat(total).isEqualTo(SIZE);
              seen.add(soFar);
            });
    whole();
    assertThat(seen).isSorted().endsWith((long) SIZE);
  }

  @Test
  void leavesAloneWhatIsRight() throws IOException {
    URI good = server.on("/good", FaultyServer.good(bytes));
    fetches(good);
    fetches(good);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void replacesWhatIsWrong() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(target(), new byte[SIZE]);
    fetches(server.on("/good", FaultyServer.good(bytes)));
  }

  @Test
  void triesMirrorsInTurn() throws IOException {
    fetches(
        server.on("/a", FaultyServer.status(403)),
        server.on("/b", FaultyServer.status(404)),
        server.on("/c", FaultyServer.status(500)),
        server.on("/d", FaultyServer.good(bytes)));
    assertThat(server.requests()).containsExactly("/a whole", "/b whole", "/c whole", "/d whole");
  }

  @Test
  void namesEveryMirrorThatFailed() {
    URI a = server.on("/a", FaultyServer.status(403));
    URI b = server.on("/b", FaultyServer.status(404));
    fails(PATIENCE, a + ": answered with status 403; " + b + ": answered with status 404", a, b);
  }

  @Test
  void followsRedirects() throws IOException {
    URI good = server.on("/good", FaultyServer.good(bytes));
    fetches(server.on("/moved", FaultyServer.redirect(good)));
    assertThat(server.requests()).containsExactly("/moved whole", "/good whole");
  }

  @Test
  void givesUpOnARedirectLoop() {
    URI start =
        server.on("/loop", exchange -> FaultyServer.redirect(self(exchange)).handle(exchange));
    assertThatThrownBy(() -> fetcher(PATIENCE, start).fetch("toy", Progress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(start + ": ");
    assertThat(server.requests()).hasSizeLessThan(20);
  }

  private static URI self(HttpExchange exchange) {
    return URI.create(
        "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
  }

  @Test
  void continuesABrokenDownload() throws IOException {
    fetches(server.on("/broken", FaultyServer.breaking(bytes, 100_000)));
    assertThat(server.requests())
        .containsExactly("/broken whole", "/broken bytes=100000-", "/broken bytes=200000-");
  }

  @Test
  void continuesAtTheNextMirrorAndInTheNextRun() throws IOException {
    URI stuck = server.on("/stuck", server.stalling(bytes, 100_000));
    Duration soon = Duration.ofMillis(300);
    fails(soon, stuck + ": nothing came for 0.3 s after 100000 of 300000 bytes", stuck);
    assertThat(Files.size(part())).isEqualTo(100_000);
    fetches(
        server.on("/gone", FaultyServer.status(404)), server.on("/good", FaultyServer.good(bytes)));
    assertThat(server.requests()).endsWith("/gone bytes=100000-", "/good bytes=100000-");
  }

  @Test
  void givesUpOnAServerThatNeverGetsFurther() {
    URI broken = server.on("/broken", FaultyServer.breaking(bytes, 0));
    fails(PATIENCE, broken + ": the connection broke after 0 of 300000 bytes", broken);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void startsAgainWhenTheServerIgnoresRanges() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(bytes, 1234));
    fetches(server.on("/whole", FaultyServer.wholeOnly(bytes)));
    assertThat(server.requests()).containsExactly("/whole bytes=1234-");
  }

  @Test
  void startsAgainWhenTheRangeIsWrong() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(bytes, 1234));
    fetches(server.on("/wrong", FaultyServer.wrongRange(bytes)));
    assertThat(server.requests()).containsExactly("/wrong bytes=1234-", "/wrong whole");
  }

  @Test
  void startsAgainWhenTheServerRefusesTheRange() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(bytes, 1234));
    fetches(
        server.on(
            "/refusing",
            exchange ->
                (exchange.getRequestHeaders().containsKey("Range")
                        ? FaultyServer.status(416)
                        : FaultyServer.good(bytes))
                    .handle(exchange)));
  }

  @Test
  void startsAgainWhenThePartIsOfAnotherFile() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1234]);
    fetches(server.on("/good", FaultyServer.good(bytes)));
    assertThat(server.requests()).containsExactly("/good bytes=1234-", "/good whole");
  }

  @Test
  void takesAPartThatIsAlreadyWholeOrTooLong() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), bytes);
    URI good = server.on("/good", FaultyServer.good(bytes));
    fetches(good);
    assertThat(server.requests()).isEmpty();
    Files.delete(target());
    Files.write(part(), new byte[SIZE + 1]);
    fetches(good);
  }

  @Test
  void refusesCorruptData() throws IOException {
    byte[] corrupt = bytes.clone();
    corrupt[SIZE / 2] ^= 1;
    URI bad = server.on("/bad", FaultyServer.good(corrupt));
    fails(
        PATIENCE,
        bad
            + ": sent other data: SHA-256 "
            + content(corrupt).sha256()
            + ", expected "
            + content(bytes).sha256(),
        bad);
    fetches(bad, server.on("/good", FaultyServer.good(bytes)));
  }

  @Test
  void refusesAnotherSize() {
    URI longer = server.on("/longer", FaultyServer.good(new byte[SIZE + 1]));
    fails(PATIENCE, longer + ": offers 300001 bytes, expected 300000", longer);
    URI endless = server.on("/endless", FaultyServer.chunked(new byte[8 * SIZE]));
    fails(PATIENCE, endless + ": sends more than the expected 300000 bytes", endless);
  }

  @Test
  void takesAFileWhoseLengthIsNotTold() throws IOException {
    fetches(server.on("/chunked", FaultyServer.chunked(bytes)));
  }

  @Test
  void givesUpOnAServerThatDoesNotAnswer() throws IOException {
    URI silent = server.on("/silent", server.silent());
    RemoteFile file = new RemoteFile("file.bin", content(bytes), Optional.empty(), List.of(silent));
    RemoteSet set = new RemoteSet("toy", "a toy", "toy", List.of(file), List.of());
    Duration soon = Duration.ofMillis(100);
    assertThatThrownBy(() -> new Fetcher(dir, List.of(set), soon, soon).fetch("toy", Progress.NONE))
        .hasMessageContaining("did not answer within 0.1 s");
  }

  @Test
  void givesUpWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://localhost:" + port + "/x");
    fails(PATIENCE, nobody + ": no connection", nobody);
  }

  @Test
  void refusesNamesItCannotFetch() {
    Fetcher fetcher = fetcher(PATIENCE, URI.create("http://localhost/x"));
    assertThatThrownBy(() -> fetcher.fetch("digits", Progress.NONE))
        .hasMessage("digits is built in: there is nothing to fetch");
    assertThatThrownBy(() -> fetcher.fetch("tyo", Progress.NONE))
        .hasMessage("unknown data set \"tyo\"; did you mean toy? (known: toy)");
  }

  @Test
  void saysWhenTheFolderCannotBeMade() throws IOException {
    Files.writeString(dir.resolve("toy"), "in the way");
    assertThatThrownBy(
            () -> fetcher(PATIENCE, URI.create("http://localhost/x")).fetch("toy", Progress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            dir
                + ": cannot be created ("
                + dir.resolve("toy")
                + " is in the way); check --data-dir");
  }

  @Test
  void stopsWhenInterrupted() {
    URI good = server.on("/good", FaultyServer.good(bytes));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> fetcher(PATIENCE, good).fetch("toy", Progress.NONE))
        .isInstanceOf(DataException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesASecondDownloadOfTheSameSet() {
    URI good = server.on("/good", FaultyServer.good(bytes));
    Fetcher fetcher = fetcher(PATIENCE, good);
    List<String> messages = new ArrayList<>();
    fetcher.fetch(
        "toy",
        (file, soFar, total) -> {
          if (messages.isEmpty()) {
            try {
              fetcher.fetch("toy", Progress.NONE);
            } catch (DataException e) {
              messages.add(e.getMessage());
            }
          }
        });
    assertThat(messages)
        .containsExactly(
            dir.resolve(".toy.lock")
                + ": another download of this data set is running; wait until it is done");
  }
}
