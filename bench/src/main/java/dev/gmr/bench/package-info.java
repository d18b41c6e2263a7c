/** JMH suites over the sizes of real networks, and the program that runs and tabulates them. */
package dev.gmr.bench;
