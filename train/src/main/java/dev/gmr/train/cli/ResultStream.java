package dev.gmr.train.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Standard output that keeps the first fault in writing, of which a print stream forgets why. */
final class ResultStream extends FilterOutputStream {
  private IOException fault;

  ResultStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      fault = fault == null ? e : fault;
      throw e;
    }
  }

  /** Returns the first fault, or nothing when everything was written so far. */
  Optional<IOException> fault() {
    return Optional.ofNullable(fault);
  }
}
