/**
 * What a backend provides: array kernels that trust their arguments. The facades in {@code
 * dev.gmr.kernels} check lengths and shapes once and call these.
 *
 * <p>Both backends give the same bits, so each interface states the order of every accumulation.
 */
package dev.gmr.kernels.spi;
