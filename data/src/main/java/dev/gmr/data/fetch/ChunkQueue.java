package dev.gmr.data.fetch;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, chunk by chunk, with a limit on the wait for each.
 *
 * <p>The client's own streams wait for ever, and its request timeout covers the whole download in
 * some versions of Java and only its beginning in others.
 */
final class ChunkQueue implements BodySubscriber<ChunkQueue> {
  private sealed interface Signal {}

  private record Chunk(List<ByteBuffer> buffers) implements Signal {}

  private record Failure(Throwable cause) implements Signal {}

  private record End() implements Signal {}

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<ChunkQueue> ready = new CompletableFuture<>();
  private volatile Subscription subscription;

  @Override
  public CompletionStage<ChunkQueue> getBody() {
    return ready;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    ready.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Chunk(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Failure(cause));
    ready.complete(this);
  }

  @Override
  public void onComplete() {
    signals.add(new End());
  }

  /**
   * Waits for the next bytes.
   *
   * @return some bytes; empty at the end of the body
   * @throws IOException if the connection fails, or nothing comes in time
   */
  List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
    subscription.request(1);
    Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (signal) {
      case Chunk chunk -> chunk.buffers();
      case End end -> List.of();
      case Failure failure -> throw new IOException("the connection broke", failure.cause());
      case null -> throw new IOException("nothing came for " + Download.seconds(patience) + " s");
    };
  }

  void cancel() {
    subscription.cancel();
  }
}
