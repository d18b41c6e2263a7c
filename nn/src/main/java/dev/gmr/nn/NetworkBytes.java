package dev.gmr.nn;

/**
 * Memory of a network.
 *
 * @param parameters bytes of all parameters once; gradients and each state of an optimizer take as
 *     many again
 * @param total bytes of everything that the network allocates, its parameters and gradients
 *     included
 */
public record NetworkBytes(long parameters, long total) {}
