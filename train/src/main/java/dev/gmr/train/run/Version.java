package dev.gmr.train.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program. */
public final class Version {
  private Version() {}

  /**
   * Returns the version that the build stamped into the jar.
   *
   * @return for example 0.1.0
   */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties of this jar cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
