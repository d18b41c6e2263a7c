package dev.gmr.bench.peers;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Runs code that makes native objects, and frees them all when it ends. */
final class Native {
  private Native() {}

  /** Runs with gradients recorded; what it returns must not be native. */
  @SuppressWarnings("try") // the scope acts by being open
  static <T> T scoped(Supplier<T> body) {
    try (PointerScope scope = new PointerScope()) {
      return body.get();
    }
  }

  /**
   * Runs inside another scope and hands it the result; what else is made goes at once, as in Python
   * the temporaries of an expression or a function do. What autograd needs, it keeps itself.
   */
  @SuppressWarnings("try")
  static Tensor keep(Supplier<Tensor> body) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope scope = new PointerScope()) {
      Tensor result = body.get();
      if (outer != null) {
        outer.attach(result);
      } else {
        result.retainReference(); // the collector's from now on
      }
      return result;
    }
  }

  /** Runs without recording gradients; what it returns must not be native. */
  @SuppressWarnings("try")
  static <T> T withoutGradients(Supplier<T> body) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return body.get();
    }
  }

  /** Runs without anything that gradients need, as PyTorch advises for inference. */
  @SuppressWarnings("try")
  static <T> T inference(Supplier<T> body) {
    try (PointerScope scope = new PointerScope();
        InferenceMode mode = new InferenceMode()) {
      return body.get();
    }
  }
}
