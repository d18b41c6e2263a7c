package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How gradients become updates. */
public enum OptimizerKind {
  /** Adam with decay rates 0.9 and 0.999. */
  @JsonProperty("adam")
  ADAM,
  /** Stochastic gradient descent with Nesterov momentum. */
  @JsonProperty("sgd")
  SGD
}
