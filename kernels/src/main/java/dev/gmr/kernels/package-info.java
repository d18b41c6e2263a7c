/**
 * Public facades of the kernels: what another program calls.
 *
 * <p>Every function gives the same bits on the scalar and the SIMD backend, at every vector width.
 */
package dev.gmr.kernels;
