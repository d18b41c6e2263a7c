package dev.gmr.bench;

import dev.gmr.kernels.Conv2d;
import dev.gmr.kernels.WinogradConv2d;

/**
 * A convolution of the networks that the paper trains, with square images and kernels.
 *
 * @param images images of one call, about as many as the network gives it
 * @param side rows and columns of an image
 * @param in its channels
 * @param out channels of the result
 * @param kernel rows and columns of the kernel
 * @param stride its step
 * @param padding zeros on each side
 */
record ConvShape(int images, int side, int in, int out, int kernel, int stride, int padding) {
  static ConvShape of(String layer) {
    return switch (layer) {
      case "lenet1" -> new ConvShape(7, 28, 1, 32, 5, 1, 2);
      case "lenet2" -> new ConvShape(7, 14, 32, 64, 5, 1, 2);
      case "alexnet1" -> new ConvShape(16, 32, 3, 64, 11, 4, 5);
      case "alexnet2" -> new ConvShape(16, 4, 64, 192, 5, 1, 2);
      case "alexnet3" -> new ConvShape(56, 2, 192, 384, 3, 1, 1);
      case "alexnet4" -> new ConvShape(56, 2, 384, 256, 3, 1, 1);
      case "alexnet5" -> new ConvShape(56, 2, 256, 256, 3, 1, 1);
      case "resnet1" -> new ConvShape(7, 32, 16, 16, 3, 1, 1);
      case "resnet3" -> new ConvShape(14, 8, 64, 64, 3, 1, 1);
      default -> throw new IllegalArgumentException(layer);
    };
  }

  /** What people call the layer, and its shape. */
  static String title(String layer) {
    String name =
        switch (layer) {
          case "resnet1" -> "ResNet's first stage";
          case "resnet3" -> "ResNet's third stage";
          default -> layer.replace("lenet", "LeNet conv").replace("alexnet", "AlexNet conv");
        };
    ConvShape s = of(layer);
    return "%s (%dx%d%s, %d to %d, %dx%d)"
        .formatted(
            name,
            s.kernel,
            s.kernel,
            s.stride == 1 ? "" : ", stride " + s.stride,
            s.in,
            s.out,
            s.side,
            s.side);
  }

  Conv2d plan() {
    return new Conv2d(side, side, in, out, kernel, kernel, stride, padding, images);
  }

  WinogradConv2d winograd() {
    return new WinogradConv2d(side, side, in, out, kernel, padding, images);
  }

  Work work() {
    return Work.flops((double) images * plan().flops(), 1);
  }

  /** Index in an array of images of one size. */
  private static int at(int image, int row, int column, int side, int channels) {
    return ((image * side + row) * side + column) * channels;
  }

  private int outSide() {
    return (side + 2 * padding - kernel) / stride + 1;
  }

  /** Channel 0 of the last image's first result, whose window the border cuts. */
  double result(float[] x, float[] w) {
    Conv2d conv = plan();
    double sum = 0;
    for (int ky = padding; ky < kernel && ky - padding < side; ky++) {
      for (int kx = padding; kx < kernel && kx - padding < side; kx++) {
        int pixel = at(images - 1, ky - padding, kx - padding, side, in);
        for (int i = 0; i < in; i++) {
          sum += (double) x[pixel + i] * w[conv.weightIndex(ky * kernel + kx, i, 0)];
        }
      }
    }
    return sum;
  }

  int resultIndex() {
    return at(images - 1, 0, 0, outSide(), out);
  }

  /** The gradient of the central weight of channels 0. */
  double weightGradient(float[] x, float[] dy) {
    int shift = kernel / 2 - padding;
    double sum = 0;
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < outSide(); y++) {
        for (int z = 0; z < outSide(); z++) {
          int pixel = at(n, y * stride + shift, z * stride + shift, side, in);
          sum += (double) x[pixel] * dy[at(n, y, z, outSide(), out)];
        }
      }
    }
    return sum;
  }

  int weightIndex() {
    return plan().weightIndex(kernel / 2 * kernel + kernel / 2, 0, 0);
  }

  /** The gradient of channel 0 of the last image's first pixel, for a stride of 1. */
  double inputGradient(float[] dy, float[] w) {
    Conv2d conv = plan();
    double sum = 0;
    for (int ky = 0; ky <= padding && padding - ky < outSide(); ky++) {
      for (int kx = 0; kx <= padding && padding - kx < outSide(); kx++) {
        int pixel = at(images - 1, padding - ky, padding - kx, outSide(), out);
        for (int o = 0; o < out; o++) {
          sum += (double) dy[pixel + o] * w[conv.weightIndex(ky * kernel + kx, 0, o)];
        }
      }
    }
    return sum;
  }

  int inputIndex() {
    return at(images - 1, 0, 0, side, in);
  }
}
