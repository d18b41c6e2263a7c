package dev.gmr.bench.peers;

/** The products of a linear layer's training. */
enum Product {
  /** The layer's results. */
  FORWARD("Y = X W"),
  /** The gradient of its weights. */
  WEIGHTS("dW = X' dY"),
  /** The gradient of what goes into it. */
  INPUT("dX = dY W'");

  private final String formula;

  Product(String formula) {
    this.formula = formula;
  }

  @Override
  public String toString() {
    return formula;
  }
}
