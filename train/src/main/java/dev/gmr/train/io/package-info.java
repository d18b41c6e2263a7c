/**
 * Files of a run as bytes: safetensors, atomic replacement, checksums, and errors a user can mend.
 */
package dev.gmr.train.io;
