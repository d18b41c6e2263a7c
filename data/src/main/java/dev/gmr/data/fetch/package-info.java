/** Downloads data sets from their publishers and checks what is on disk. */
package dev.gmr.data.fetch;
