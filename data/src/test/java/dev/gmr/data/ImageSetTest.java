package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  /** Three images of 1x2 pixels with 2 channels; pixel bytes 0, 1, 2, ... but the last is 255. */
  private static ImageSet small() {
    byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 255};
    return ImageSet.wrap(1, 2, 2, 200, pixels, new byte[] {0, 7, (byte) 199});
  }

  @Test
  void knowsShapeLabelsAndPixels() {
    ImageSet set = small();
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.height()).isEqualTo(1);
    assertThat(set.width()).isEqualTo(2);
    assertThat(set.channels()).isEqualTo(2);
    assertThat(set.classes()).isEqualTo(200);
    assertThat(set.imageLength()).isEqualTo(4);
    assertThat(set.label(2)).isEqualTo(199);
    assertThat(set.pixel(2, 0, 1, 1)).isEqualTo(255);
    assertThat(set.pixel(1, 0, 1, 0)).isEqualTo(6);
    assertThat(set).hasToString("3 images of 1x2x2, 200 classes");
  }

  @Test
  void normalizesEachChannelWithFloatDivision() {
    Normalization norm = new Normalization(new float[] {.5f, .25f}, new float[] {1f, .2f});
    float[] out = new float[6];
    small().normalizedInto(2, norm, out, 1);
    assertThat(out)
        .containsExactly(
            0f,
            (8 / 255f - .5f) / 1f,
            (9 / 255f - .25f) / .2f,
            (10 / 255f - .5f) / 1f,
            (255 / 255f - .25f) / .2f,
            0f);
  }

  @Test
  void copiesBytesAndScaledFloats() {
    byte[] bytes = new byte[5];
    small().copyInto(2, bytes, 1);
    assertThat(bytes).containsExactly(0, 8, 9, 10, 255);
    float[] floats = new float[4];
    small().copyInto(2, .5f, floats, 0);
    assertThat(floats).containsExactly(4f, 4.5f, 5f, 127.5f);
  }

  @Test
  void headAndSelectAreViews() {
    ImageSet chosen = small().select(new int[] {2, 0, 2}).head(2);
    assertThat(chosen.size()).isEqualTo(2);
    assertThat(chosen.label(0)).isEqualTo(199);
    assertThat(chosen.label(1)).isZero();
    assertThat(chosen.pixel(0, 0, 0, 0)).isEqualTo(8);
    assertThat(small().head(99).size()).isEqualTo(3);
    assertThat(small().head(0).size()).isZero();
    assertThatThrownBy(() -> small().head(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chosen.select(new int[] {2}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void sumIsThatOfShapePixelsAndLabels() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "00000003"
                    + "00000001"
                    + "00000002"
                    + "00000002"
                    + "000000c8"
                    + "000102030405060708090aff"
                    + "0007c7");
    assertThat(small().sha256())
        .isEqualTo(HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
  }

  @Test
  void sumOfAViewIsThatOfTheSameDataAlone() {
    ImageSet alone =
        ImageSet.wrap(
            1, 2, 2, 200, new byte[] {8, 9, 10, (byte) 255, 0, 1, 2, 3}, new byte[] {-57, 0});
    assertThat(small().select(new int[] {2, 0}).sha256()).isEqualTo(alone.sha256());
    assertThat(small().select(new int[] {0, 2}).sha256()).isNotEqualTo(alone.sha256());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> ImageSet.wrap(2, 2, 1, 10, new byte[7], new byte[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 labels and 7 pixels do not make images of 2x2x1");
    assertThatThrownBy(() -> ImageSet.wrap(1, 1, 1, 3, new byte[1], new byte[] {3}))
        .hasMessage("label 3 of image 0 is not below 3");
    assertThatThrownBy(() -> ImageSet.wrap(0, 1, 1, 3, new byte[0], new byte[0]))
        .hasMessage("height must be at least 1, got 0");
    assertThatThrownBy(() -> small().normalizedInto(0, Normalization.GREY, new float[4], 0))
        .hasMessage("images of 2 channels, normalization of 1");
    assertThatThrownBy(() -> small().copyInto(0, 1f, new float[4], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void normalizationCopiesItsArrays() {
    float[] mean = {.5f};
    Normalization norm = new Normalization(mean, new float[] {1f});
    mean[0] = 9;
    norm.mean()[0] = 9;
    assertThat(norm).isEqualTo(Normalization.GREY).hasSameHashCodeAs(Normalization.GREY);
    assertThat(norm.apply(0, 255)).isEqualTo(.5f);
    assertThatThrownBy(() -> new Normalization(mean, new float[] {0f}))
        .hasMessage("channel 0: mean must be finite and std finite and positive, got 9.0 and 0.0");
    assertThatThrownBy(() -> new Normalization(mean, new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
