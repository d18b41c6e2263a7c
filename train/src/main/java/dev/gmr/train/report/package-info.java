/** Pictures, tables and reports of finished runs. */
package dev.gmr.train.report;
