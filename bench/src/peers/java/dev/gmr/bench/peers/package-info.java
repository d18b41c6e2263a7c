/** What other libraries make of gmr's work; built by Maven's profile {@code peers} alone. */
package dev.gmr.bench.peers;
