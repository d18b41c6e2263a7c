/** The commands of gmr: parsing, messages, progress and exit codes. */
package dev.gmr.train.cli;
