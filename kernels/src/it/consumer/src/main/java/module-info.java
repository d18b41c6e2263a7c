module consumer {
  requires dev.gmr.kernels;
}
