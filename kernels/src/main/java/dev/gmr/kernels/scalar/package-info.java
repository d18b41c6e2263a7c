/** The plain Java specification of every kernel: what each result is, to the bit. */
package dev.gmr.kernels.scalar;
