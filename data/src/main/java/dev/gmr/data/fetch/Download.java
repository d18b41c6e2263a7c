package dev.gmr.data.fetch;

import dev.gmr.data.DataException;
import dev.gmr.data.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads one file: from the mirrors in turn, into NAME.part, which is renamed once its SHA-256
 * is right. What an earlier download left in NAME.part is continued, on any mirror.
 */
final class Download {
  /** Tries at one mirror, each of which must bring the file further. */
  private static final int TRIES = 5;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpClient client;
  private final Duration patience;
  private final RemoteFile file;
  private final Path target;
  private final Progress progress;
  private final long size;

  /** A mirror did not deliver; the message says why, and the next one may. */
  private static final class MirrorFailure extends Exception {
    private static final long serialVersionUID = 1L;

    MirrorFailure(String message) {
      super(message);
    }
  }

  /**
   * Prepares a download.
   *
   * @param client follows redirects and limits the time to connect
   * @param patience the longest wait for an answer, and between bytes
   */
  Download(HttpClient client, Duration patience, RemoteFile file, Path folder, Progress progress) {
    this.client = client;
    this.patience = patience;
    this.file = file;
    this.progress = progress;
    target = folder.resolve(file.name());
    size = file.content().size();
  }

  /**
   * Downloads.
   *
   * @return the finished file
   * @throws DataException if no mirror delivered, or the disk did not take it
   */
  Path run() {
    Path part = target.resolveSibling(file.name() + ".part");
    List<String> failures = new ArrayList<>();
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (URI mirror : file.mirrors()) {
        if (from(mirror, channel, failures)) {
          channel.force(true);
          Files.move(
              part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          return target;
        }
      }
    } catch (IOException e) {
      throw new DataException(
          part + ": cannot be written (" + Reason.of(e) + "); is there room, and permission?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(
          part + ": the download was interrupted; run the command again to continue it", e);
    }
    throw new DataException(
        file.name()
            + ": no mirror delivered it ("
            + String.join("; ", failures)
            + "); try again later, or put the file at "
            + target);
  }

  private boolean from(URI mirror, FileChannel channel, List<String> failures)
      throws IOException, InterruptedException {
    String reason = "";
    for (int i = 0; i < TRIES; i++) {
      long before = channel.size();
      try {
        complete(mirror, channel);
        return true;
      } catch (MirrorFailure e) {
        reason = e.getMessage();
        boolean startAgain = before > 0 && channel.size() == 0;
        if (channel.size() <= before && !startAgain) {
          break;
        }
      }
    }
    failures.add(mirror + ": " + reason);
    return false;
  }

  /** Fetches what is missing and checks the whole; bytes known to be wrong are dropped. */
  private void complete(URI mirror, FileChannel channel)
      throws IOException, InterruptedException, MirrorFailure {
    if (channel.size() > size) {
      channel.truncate(0);
    }
    if (channel.size() < size) {
      ChunkQueue body = open(mirror, channel);
      try {
        copy(body, channel);
      } finally {
        body.cancel();
      }
    }
    String found = sha256(channel);
    if (!found.equals(file.content().sha256())) {
      channel.truncate(0);
      throw new MirrorFailure(
          "sent other data: SHA-256 " + found + ", expected " + file.content().sha256());
    }
  }

  private ChunkQueue open(URI mirror, FileChannel channel)
      throws IOException, InterruptedException, MirrorFailure {
    long have = channel.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(mirror).header("User-Agent", "gmr");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<ChunkQueue> response = send(request.build());
    try {
      accept(response, channel, have);
      return response.body();
    } catch (MirrorFailure e) {
      response.body().cancel();
      throw e;
    }
  }

  private void accept(HttpResponse<?> response, FileChannel channel, long have)
      throws IOException, MirrorFailure {
    switch (response.statusCode()) {
      case OK -> {
        long offered = response.headers().firstValueAsLong("Content-Length").orElse(size);
        if (offered != size) {
          throw new MirrorFailure("offers " + offered + " bytes, expected " + size);
        }
        // Also the answer of a server that does not resume: the body is the whole file.
        channel.truncate(0);
      }
      case PARTIAL_CONTENT -> {
        String range = response.headers().firstValue("Content-Range").orElse("none");
        if (have == 0 || !range.equals("bytes " + have + "-" + (size - 1) + "/" + size)) {
          channel.truncate(0);
          throw new MirrorFailure("sent another part of the file: " + range);
        }
      }
      case RANGE_NOT_SATISFIABLE -> {
        channel.truncate(0);
        throw new MirrorFailure("cannot continue the download");
      }
      default -> throw new MirrorFailure("answered with status " + response.statusCode());
    }
    channel.position(channel.size());
  }

  private HttpResponse<ChunkQueue> send(HttpRequest request)
      throws InterruptedException, MirrorFailure {
    CompletableFuture<HttpResponse<ChunkQueue>> answer =
        client.sendAsync(request, info -> new ChunkQueue());
    try {
      Duration limit = patience.plus(client.connectTimeout().orElse(Duration.ZERO));
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new MirrorFailure("did not answer within " + seconds(patience) + " s");
    } catch (ExecutionException e) {
      throw new MirrorFailure(
          switch (e.getCause()) {
            case HttpConnectTimeoutException slow -> "no connection in time";
            case ConnectException refused -> "no connection";
            default -> "no answer (" + e.getCause().getMessage() + ")";
          });
    } finally {
      answer.cancel(true);
    }
  }

  private void copy(ChunkQueue body, FileChannel channel)
      throws IOException, InterruptedException, MirrorFailure {
    while (true) {
      List<ByteBuffer> chunk;
      try {
        chunk = body.next(patience);
      } catch (IOException e) {
        throw new MirrorFailure(
            e.getMessage() + " after " + channel.size() + " of " + size + " bytes");
      }
      if (chunk.isEmpty()) {
        break;
      }
      for (ByteBuffer buffer : chunk) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      if (channel.size() > size) {
        channel.truncate(0);
        throw new MirrorFailure("sends more than the expected " + size + " bytes");
      }
      progress.update(file.name(), channel.size(), size);
    }
    if (channel.size() < size) {
      throw new MirrorFailure("ended after " + channel.size() + " of " + size + " bytes");
    }
  }

  private static String sha256(FileChannel channel) throws IOException {
    channel.position(0);
    // Not closed: that would close the channel.
    InputStream in = Channels.newInputStream(channel);
    return Digests.sha256(in, Long.MAX_VALUE);
  }

  /** A duration as people read it: "30", "0.2". */
  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? Long.toString(duration.toSeconds())
        : Double.toString(duration.toMillis() / 1000.);
  }
}
