package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Sha256;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.run.Imported;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights from another program through gmr to another program, nothing of it made up. */
class ExportImportTest {
  /** Draws the digits once. */
  private static final Engine ENGINE = new LocalEngine();

  @TempDir private Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int gmr(String line) {
    out.reset();
    err.reset();
    String[] args =
        Stream.of(line.split(" "))
            .map(word -> word.replace("DIR", dir.toString()))
            .toArray(String[]::new);
    Session session =
        new Session(
            () -> ENGINE,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return Gmr.execute(session, false, args);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Values that vary enough for the predictions to vary. */
  private static Map<String, Tensor> lenet() {
    Map<String, Tensor> tensors = new TreeMap<>();
    put(tensors, "conv1.weight", 32, 1, 5, 5);
    put(tensors, "conv1.bias", 32);
    put(tensors, "conv2.weight", 64, 32, 5, 5);
    put(tensors, "conv2.bias", 64);
    put(tensors, "fc1.weight", 1024, 3136);
    put(tensors, "fc1.bias", 1024);
    put(tensors, "fc2.weight", 10, 1024);
    put(tensors, "fc2.bias", 10);
    return tensors;
  }

  private static void put(Map<String, Tensor> tensors, String name, int... shape) {
    int size = 1;
    for (int d : shape) {
      size *= d;
    }
    float[] data = new float[size];
    double spread = Math.sqrt(6.0 * shape[0] / size);
    for (int i = 0; i < size; i++) {
      data[i] = (float) (spread * Math.sin(1.7 * i + name.length()));
    }
    tensors.put(name, new Tensor.F32(shape, name.endsWith("bias") ? new float[size] : data));
  }

  private Path torchFile(Map<String, Tensor> tensors) {
    Map<String, Tensor> wrapped = new TreeMap<>();
    tensors.forEach((name, tensor) -> wrapped.put("module." + name, tensor));
    Path file = dir.resolve("torch.safetensors");
    new Safetensors(wrapped, Map.of("format", "pt")).write(file, "try again");
    return file;
  }

  /** The card and the command line in it do not tell where the description lay. */
  @Test
  void weightsOfADescribedNetworkAreImported() throws Exception {
    torchFile(lenet());
    Path folder = Files.createDirectory(dir.resolve("secret"));
    Files.writeString(folder.resolve("own.json"), Architecture.builtInJson("lenet"));
    assertThat(
            gmr(
                "import DIR/torch.safetensors --model DIR/secret/own.json --data digits --out DIR/own"))
        .as(err())
        .isZero();
    assertThat(RunFolder.view(dir.resolve("own")).readConfig().options().network())
        .isEqualTo(Architecture.builtIn("lenet"));
    assertThat(gmr("export DIR/own")).as(err()).isZero();
    assertThat(dir.resolve("own/lenet.onnx.md"))
        .content()
        .contains("--model own.json")
        .doesNotContain("secret");
    assertThat(gmr("import DIR/torch.safetensors --model lenet --data digits --out DIR/own"))
        .isEqualTo(3);
    assertThat(err()).contains("holds imported weights already; take another folder with --out");
  }

  @Test
  void importedWeightsAreMeasuredAndExported() throws Exception {
    Path file = torchFile(lenet());
    assertThat(gmr("import DIR/torch.safetensors --model lenet --data digits --out DIR/run"))
        .as(err())
        .isZero();
    RunFolder run = RunFolder.view(dir.resolve("run"));
    assertThat(run.readConfig().imported())
        .isEqualTo(new Imported("torch.safetensors", Sha256.of(file), "module."));
    assertThat(run.readSummary()).isEqualTo(Summary.imported(run.weightsSha256()));
    Safetensors best = Safetensors.read(run.best());
    assertThat(best.tensors().keySet()).isEqualTo(lenet().keySet());
    assertThat(best.floats("fc2.weight", 10, 1024))
        .isEqualTo(((Tensor.F32) lenet().get("fc2.weight")).data());

    assertThat(gmr("export DIR/run --no-normalize --out DIR/raw.onnx")).as(err()).isZero();
    assertThat(dir.resolve("raw.onnx.md"))
        .content()
        .contains("| accuracy | not measured |", "| R label | not measured |")
        .contains("It was not measured by gmr; nothing is said")
        .contains("normalised, (x - mean) / std", "mean [0.5] and std [1.0]; the file does not do")
        .doesNotContain("model-index");

    assertThat(gmr("evaluate DIR/run --points 2 --limit 100 --no-write --threads 1")).isZero();
    assertThat(gmr("evaluate DIR/run --validation")).isEqualTo(2);
    assertThat(err()).contains("the run held no images out for validation");
    assertThat(gmr("train --resume DIR/run")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "gmr train: %1$s/run was imported from torch.safetensors and has no training to go on with; gmr evaluate %1$s/run measures it\n"
                .formatted(dir));

    try (RunFolder folder = RunFolder.open(dir.resolve("run"))) {
      folder.writeSummary(
          new Summary(0.25, 0.5, 0.125, 0, 0, 0, folder.weightsSha256())); // as if evaluated
    }
    assertThat(gmr("export DIR/run")).as(err()).isZero();
    Path onnx = dir.resolve("run/lenet.onnx");
    assertThat(dir.resolve("run/lenet.onnx.md"))
        .content()
        .startsWith("---\n# license: left to the author\n")
        .contains("- onnx\n", "      value: 0.125\n", "pixels divided by 255, in [0, 1]")
        .contains("| accuracy | 0.2500 |", "| R label | 0.1250 |", "| R prediction | 0.5000 |")
        .contains("| `lenet.onnx` | SHA-256 `" + Sha256.of(onnx) + "` |")
        .contains("| weights | SHA-256 `" + run.weightsSha256() + "` |")
        .contains(
            "gmr import torch.safetensors --model lenet --data digits --prefix module. --out run\n")
        .contains(run.readConfig().data().trainSha256(), run.readConfig().data().testSha256())
        .doesNotContain(dir.toString());
    byte[] first = Files.readAllBytes(onnx);
    assertThat(gmr("export DIR/run")).isZero();
    assertThat(Files.readAllBytes(onnx)).isEqualTo(first);

    assertSamePredictions(onnx);

    Files.writeString(run.summary(), "{");
    assertThat(gmr("export DIR/run")).isEqualTo(3);
    assertThat(err())
        .endsWith("delete it and run gmr evaluate %s/run, which writes it again\n".formatted(dir));
  }

  /** The share of the first test images that ONNX Runtime gets right is what gmr measured. */
  private void assertSamePredictions(Path onnx) throws Exception {
    int n = 100;
    ImageSet test = DataSets.load("digits", null).test();
    FloatBuffer pixels = FloatBuffer.allocate(n * 28 * 28);
    for (int i = 0; i < n; i++) {
      test.copyInto(i, 1 / 255f, pixels.array(), i * 28 * 28);
    }
    int right = 0;
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), pixels, new long[] {n, 1, 28, 28});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] logits = (float[][]) result.get(0).getValue();
      for (int i = 0; i < n; i++) {
        int best = 0;
        for (int c = 1; c < 10; c++) {
          best = logits[i][c] > logits[i][best] ? c : best;
        }
        right += best == test.label(i) ? 1 : 0;
      }
    }
    assertThat(gmr("evaluate DIR/run --points 2 --limit 100 --threads 1")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("accuracy                 0.%02d00".formatted(right));
  }

  @Test
  void aFileThatDoesNotFitLeavesNothing() {
    Map<String, Tensor> tensors = lenet();
    tensors.remove("fc1.bias");
    torchFile(tensors);
    assertThat(gmr("import DIR/torch.safetensors --model lenet --data digits --out DIR/run"))
        .isEqualTo(3);
    assertThat(err())
        .hasLineCount(1)
        .contains(
            "torch.safetensors does not fit lenet with images of 28x28x1 and 10 classes: missing"
                + " fc1.bias; unexpected none;");
    assertThat(gmr("import DIR/torch.safetensors --model alexnet --data digits --out DIR/run"))
        .isEqualTo(2);
    assertThat(err()).hasLineCount(1).contains("alexnet").contains("choose another --model");
    assertThat(gmr("import DIR/none --model lenet --data digits --out DIR/run")).isEqualTo(3);
    assertThat(err()).hasLineCount(1).contains("cannot read " + dir + "/none: no such file");
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void exportsSafetensorsAndKeepsTheRunsFiles() throws Exception {
    torchFile(lenet());
    gmr("import DIR/torch.safetensors --model lenet --data digits --out DIR/run");
    assertThat(gmr("export DIR/run --format safetensors")).as(err()).isZero();
    Safetensors written = Safetensors.read(dir.resolve("run/lenet.safetensors"));
    assertThat(written.tensors().keySet()).isEqualTo(lenet().keySet());
    assertThat(written.text("mean")).isEqualTo("[0.5]");
    assertThat(dir.resolve("run/lenet.safetensors.md")).content().contains("- safetensors\n");

    byte[] best = Files.readAllBytes(dir.resolve("run/best.safetensors"));
    assertThat(gmr("export DIR/run --format safetensors --out DIR/run/../run/best.safetensors"))
        .isEqualTo(2);
    assertThat(err()).hasLineCount(1).contains("is one of the run's own files; take another name");
    assertThat(gmr("export DIR/run --out DIR/run")).isEqualTo(2);
    assertThat(err()).contains("is a folder; name a file");
    assertThat(Files.readAllBytes(dir.resolve("run/best.safetensors"))).isEqualTo(best);
    assertThat(gmr("export DIR/run --weights last")).isEqualTo(3);
    assertThat(err()).contains("last.safetensors is missing; take --weights best");

    try (RunFolder folder = RunFolder.open(dir.resolve("run"))) {
      assertThat(gmr("export DIR/run")).isEqualTo(3);
      assertThat(err())
          .contains(
              "cannot write into " + dir + "/run: it is in use by another gmr; say with --out");
      assertThat(gmr("export DIR/run --out DIR/other.onnx")).as(err()).isZero();
      folder.clear();
    }
    try (Stream<Path> left = Files.list(dir.resolve("run"))) {
      assertThat(left.map(f -> f.getFileName().toString())).containsExactly(".lock");
    }
  }
}
