/** The embedded data set: grey digits that the project draws itself. */
package dev.gmr.data.digits;
