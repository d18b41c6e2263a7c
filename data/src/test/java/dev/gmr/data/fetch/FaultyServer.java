package dev.gmr.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback that does what servers should not. */
final class FaultyServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Serves a path; requests are noted as "PATH RANGE". */
  URI on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(path + " " + (range == null ? "whole" : range));
          handler.handle(exchange);
        });
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Serves a file as good servers do, ranges included. */
  static HttpHandler good(byte[] bytes) {
    return exchange -> {
      int from = from(exchange);
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(bytes, from, bytes.length - from);
      exchange.close();
    };
  }

  /** Serves ranges, but breaks the connection after so many bytes of each answer. */
  static HttpHandler breaking(byte[] bytes, int after) {
    return exchange -> {
      int from = from(exchange);
      int length = Math.min(after, bytes.length - from);
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(bytes, from, length);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** Ignores ranges. */
  static HttpHandler wholeOnly(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  /** Does not say how long the file is, and sends what it likes. */
  static HttpHandler chunked(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        exchange.getResponseBody().write(bytes);
      } catch (IOException e) {
        // The client had enough.
      }
      exchange.close();
    };
  }

  /** Sends the beginning, then nothing, but keeps the connection. */
  HttpHandler stalling(byte[] bytes, int after) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, after);
      exchange.getResponseBody().flush();
      hold();
      exchange.close();
    };
  }

  /** Accepts the request and does not answer. */
  HttpHandler silent() {
    return exchange -> {
      hold();
      exchange.close();
    };
  }

  static HttpHandler status(int status) {
    return exchange -> {
      exchange.sendResponseHeaders(status, 3);
      exchange.getResponseBody().write(new byte[] {'n', 'o', '\n'});
      exchange.close();
    };
  }

  static HttpHandler redirect(URI target) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", target.toString());
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    };
  }

  /** Answers a request for the rest with some other part. */
  static HttpHandler wrongRange(byte[] bytes) {
    return exchange -> {
      if (from(exchange) == 0) {
        good(bytes).handle(exchange);
        return;
      }
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + bytes.length);
      exchange.sendResponseHeaders(206, 10);
      exchange.getResponseBody().write(Arrays.copyOf(bytes, 10));
      exchange.close();
    };
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null
        ? 0
        : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  private void hold() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
