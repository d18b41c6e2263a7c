package dev.gmr.data.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it turns out longer than it may be: a gzip bomb stops there. */
final class LimitedStream extends FilterInputStream {
  private final long most;
  private long read;

  /** Lets {@code most} bytes of {@code in} through. */
  LimitedStream(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int n = super.read(b, off, len);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long n) throws IOException {
    read += n;
    if (read > most) {
      throw new IOException("inflates to more than the " + most + " bytes that it may hold");
    }
  }
}
