package dev.gmr.bench.peers;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A layer's products by OpenBLAS and by PyTorch, from the same memory, which PyTorch aligned, into
 * the same. W lies as PyTorch's layers keep it; OpenBLAS is no faster when inputs are its rows.
 * Transposed views are no copies: sgemm takes them as they are.
 */
final class BlasProducts {
  private final Layer layer;
  private final Tensor x;
  private final Tensor w;
  private final Tensor dy;
  private final Tensor y;
  private final Tensor dw;
  private final Tensor dx;
  private final Tensor wTransposed;
  private final Tensor dyTransposed;
  private final FloatPointer xData;
  private final FloatPointer wData;
  private final FloatPointer dyData;
  private final FloatPointer yData;
  private final FloatPointer dwData;
  private final FloatPointer dxData;

  BlasProducts(Layer layer) {
    this.layer = layer;
    x = Tensor.create(layer.x(), layer.rows(), layer.inputs());
    w = Tensor.create(layer.w(), layer.outputs(), layer.inputs());
    dy = Tensor.create(layer.dy(), layer.rows(), layer.outputs());
    y = torch.zeros(layer.rows(), layer.outputs());
    dw = torch.zeros(layer.outputs(), layer.inputs());
    dx = torch.zeros(layer.rows(), layer.inputs());
    wTransposed = w.t();
    dyTransposed = dy.t();
    xData = x.data_ptr_float();
    wData = w.data_ptr_float();
    dyData = dy.data_ptr_float();
    yData = y.data_ptr_float();
    dwData = dw.data_ptr_float();
    dxData = dx.data_ptr_float();
  }

  /** Lets both libraries compute on one thread. */
  static void oneThread() {
    torch.set_num_threads(1);
    openblas_full.openblas_set_num_threads(1);
  }

  /** Returns OpenBLAS's version and the kernels that it chose for the CPU. */
  static String openBlas() {
    return "%s, kernels for %s"
        .formatted(
            openblas_full.openblas_get_config().getString().strip(),
            openblas_full.openblas_get_corename().getString());
  }

  /** Returns the library that PyTorch multiplies with. */
  static String torchs() {
    return torch
        .show_config()
        .getString()
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("Math Kernel Library"))
        .findFirst()
        .map(line -> line.substring(line.startsWith("- ") ? 2 : 0))
        .orElse("not MKL");
  }

  void openBlas(Product product) {
    int rows = layer.rows();
    int outputs = layer.outputs();
    int inputs = layer.inputs();
    int plain = openblas_full.CblasNoTrans;
    int transposed = openblas_full.CblasTrans;
    switch (product) {
      case FORWARD -> sgemm(plain, transposed, rows, outputs, inputs, xData, wData, yData);
      case WEIGHTS -> sgemm(transposed, plain, outputs, inputs, rows, dyData, xData, dwData);
      case INPUT -> sgemm(plain, plain, rows, inputs, outputs, dyData, wData, dxData);
    }
  }

  /** C = A B, of m rows, n columns and k terms, A and B perhaps transposed. */
  private static void sgemm(
      int ofA, int ofB, int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    openblas_full.cblas_sgemm(
        openblas_full.CblasRowMajor,
        ofA,
        ofB,
        m,
        n,
        k,
        1f,
        a,
        ofA == openblas_full.CblasTrans ? m : k,
        b,
        ofB == openblas_full.CblasTrans ? k : n,
        0f,
        c,
        n);
  }

  void torch(Product product) {
    Native.withoutGradients(
        () ->
            switch (product) {
              case FORWARD -> torch.mm_out(y, x, wTransposed);
              case WEIGHTS -> torch.mm_out(dw, dyTransposed, x);
              case INPUT -> torch.mm_out(dx, dy, w);
            });
  }

  /** Returns what either library computed last. */
  float[] result(Product product) {
    return Native.scoped(
        () -> {
          Tensor result =
              switch (product) {
                case FORWARD -> y;
                case WEIGHTS -> dw;
                case INPUT -> dx;
              };
          float[] values = new float[(int) result.numel()];
          FloatBuffer buffer = result.createBuffer();
          buffer.get(values);
          result.zero_(); // what comes next must not pass for this
          return values;
        });
  }

  /** Computes a product in double. */
  double[] truth(Product product) {
    return Native.withoutGradients(
        () -> {
          Tensor truth =
              switch (product) {
                case FORWARD -> torch.mm(doubles(x), doubles(wTransposed));
                case WEIGHTS -> torch.mm(doubles(dyTransposed), doubles(x));
                case INPUT -> torch.mm(doubles(dy), doubles(w));
              };
          double[] values = new double[(int) truth.numel()];
          DoubleBuffer buffer = truth.contiguous().createBuffer();
          buffer.get(values);
          return values;
        });
  }

  private static Tensor doubles(Tensor t) {
    return t.to(ScalarType.Double);
  }
}
