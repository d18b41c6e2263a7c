/** Networks as ONNX files, for other programs to run. */
package dev.gmr.train.onnx;
