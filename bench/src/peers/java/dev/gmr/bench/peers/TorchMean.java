package dev.gmr.bench.peers;

import java.nio.DoubleBuffer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Means of rectified Gaussians as one composes them in eager PyTorch, with its autograd. */
final class TorchMean {
  private final Tensor mu;
  private final Tensor sigma;
  private final Tensor dMean;

  TorchMean(float[] mu, float[] sigma, ScalarType type) {
    this.mu = Tensor.create(mu, mu.length).to(type).set_requires_grad(true);
    this.sigma = Tensor.create(sigma, sigma.length).to(type).set_requires_grad(true);
    dMean = torch.ones(mu.length).to(type);
  }

  /**
   * {@code mu (1/2 + erf(mu / (sigma sqrt 2)) / 2) + sigma exp(-(mu/sigma)^2 / 2) / sqrt(2 pi)}.
   */
  private Tensor mean() {
    Tensor z = mu.div(sigma);
    Scalar half = new Scalar(0.5);
    Tensor cdf = torch.erf(z.mul(new Scalar(Math.sqrt(0.5)))).mul(half).add(half);
    Scalar phi0 = new Scalar(1 / Math.sqrt(2 * Math.PI));
    Tensor pdf = z.square().mul(new Scalar(-0.5)).exp().mul(phi0);
    return mu.mul(cdf).add(sigma.mul(pdf));
  }

  void forward() {
    Native.withoutGradients(() -> mean().numel());
  }

  /** Mean and, for a loss that is their sum, both gradients. */
  void forwardAndBackward() {
    Native.scoped(() -> backward().numel());
  }

  private Tensor backward() {
    mu.mutable_grad().reset();
    sigma.mutable_grad().reset();
    Tensor mean = mean();
    mean.backward(dMean, new BoolOptional(), false, new TensorArrayRefOptional());
    return mean;
  }

  /** Returns mean and gradients by mu and sigma. */
  double[][] results() {
    return Native.scoped(
        () ->
            new double[][] {
              doubles(backward().detach()), doubles(mu.grad()), doubles(sigma.grad())
            });
  }

  private static double[] doubles(Tensor x) {
    double[] y = new double[(int) x.numel()];
    DoubleBuffer buffer = x.to(ScalarType.Double).contiguous().createBuffer();
    buffer.get(y);
    return y;
  }
}
