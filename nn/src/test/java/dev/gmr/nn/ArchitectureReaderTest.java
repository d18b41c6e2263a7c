package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions as their authors write them. */
class ArchitectureReaderTest {
  /** Reads layers written with ' for ". */
  private static Architecture read(String layers) {
    return Architecture.parse(
        "{\"name\": \"x\", \"layers\": [" + layers.replace('\'', '"') + "]}", "f.json");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> Architecture.parse(json.replace('\'', '"'), "f.json"))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage(message.replace('\'', '"'));
  }

  @Test
  void readsEveryLayerAndItsDefaults() {
    Architecture a =
        read(
            """
            {'type': 'conv', 'name': 'a', 'channels': 4, 'kernel': 3},
            {'type': 'batchnorm', 'name': 'b'},
            {'type': 'relu'},
            {'type': 'conv', 'name': 'c', 'channels': 4, 'kernel': 3, 'stride': 2, 'padding': 1},
            {'type': 'maxpool', 'window': 3},
            {'type': 'maxpool', 'window': 3, 'stride': 2, 'minSide': 9},
            {'type': 'avgpool', 'window': 2},
            {'type': 'avgpool', 'window': 2, 'stride': 1},
            {'type': 'residual', 'layers': [{'type': 'relu'}]},
            {'type': 'residual', 'layers': [{'type': 'relu'}], 'shortcut': []},
            {'type': 'residual', 'layers': [{'type': 'relu'}], 'shortcut': [{'type': 'relu'}]},
            {'type': 'globalavgpool'},
            {'type': 'linear', 'name': 'd', 'outputs': 7},
            {'type': 'linear', 'name': 'e', 'outputs': 'classes'}""");
    List<Layer> relu = List.of(new Layer.Relu());

    assertThat(a.layers())
        .containsExactly(
            new Layer.Conv("a", 4, 3, 1, 0),
            new Layer.BatchNorm("b"),
            new Layer.Relu(),
            new Layer.Conv("c", 4, 3, 2, 1),
            new Layer.MaxPool(3, 3),
            new Layer.MaxPool(3, 2, 9),
            new Layer.AvgPool(2, 2),
            new Layer.AvgPool(2, 1),
            new Layer.Residual(relu, List.of()),
            new Layer.Residual(relu, List.of()),
            new Layer.Residual(relu, relu),
            new Layer.GlobalAvgPool(),
            new Layer.Linear("d", 7),
            new Layer.Linear("e", Layer.Linear.CLASSES));
    assertThat(Architecture.parse(a.toJson(), "again")).isEqualTo(a);
  }

  @Test
  void repeatsAreWrittenOut() {
    assertThat(
            read("{'type': 'repeat', 'times': 2, 'layers': [{'type': 'batchnorm', 'name': 'b{i}'}]}")
                .layers())
        .containsExactly(new Layer.BatchNorm("b0"), new Layer.BatchNorm("b1"));
    assertThat(
            read("""
                    {'type': 'repeat', 'times': 2, 'from': 5, 'layers': [
                      {'type': 'residual', 'layers': [{'type': 'batchnorm', 'name': 'n.{i}.{i}'}]},
                      {'type': 'relu'}]}""")
                .layers())
        .containsExactly(
            new Layer.Residual(List.of(new Layer.BatchNorm("n.5.5")), List.of()),
            new Layer.Relu(),
            new Layer.Residual(List.of(new Layer.BatchNorm("n.6.6")), List.of()),
            new Layer.Relu());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                     | it is empty; expected {'name': ..., 'layers': [...]}
          []                     | it is a list; expected {'name': ..., 'layers': [...]}
          null                   | it is null; expected {'name': ..., 'layers': [...]}
          {                      | not valid JSON at line 1, column 2
          {'name': 'x',}         | not valid JSON at line 1, column 14
          {} {}                  | something follows the end at line 1, column 4
          {} x                   | not valid JSON at line 1, column 4
          {}                     | name is missing; expected a text
          {'name': 5}            | name is 5; expected a text
          {'name': 'x'}          | layers is missing; expected a list of layers
          {'name': 'x', 'layers': {}}        | layers is an object; expected a list of layers
          {'name': 'x', 'layers': []}        | layers is empty; expected at least one layer
          {'name': 'x', 'layers': [5]}       | layers[0] is 5; expected a layer in braces
          {'name': 'x', 'layer': []}         | layer is no key of a description; expected name, layers
          {'name': 'x', 'name': 'y'}         | name stands twice
          {'name': '', 'layers': [{'type': 'relu'}]} | name is ''; expected letters, digits, _ and -, in words divided by dots
          """)
  void aWrongFileIsRefused(String json, String message) {
    refused(json == null ? "" : json, "f.json: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                    | .type is missing; expected conv, batchnorm, relu, maxpool, avgpool, globalavgpool, residual, linear or repeat
          {'type': 'cnv'}                       | .type is 'cnv'; expected conv, batchnorm, relu, maxpool, avgpool, globalavgpool, residual, linear or repeat
          {'type': ['conv']}                    | .type is a list; expected conv, batchnorm, relu, maxpool, avgpool, globalavgpool, residual, linear or repeat
          {'type': 'relu', 'name': 'r'}         | .name is no key of a relu; expected type alone
          {'type': 'conv', 'pad': 1}            | .pad is no key of a conv; expected name, channels, kernel, stride, padding
          {'type': 'conv', 'p\\nd': 1}           | .p?d is no key of a conv; expected name, channels, kernel, stride, padding
          {'type': 'conv'}                      | .name is missing; expected a text
          {'type': 'conv', 'name': 3}           | .name is 3; expected a text
          {'type': 'conv', 'name': 'c'}         | .channels is missing; expected a whole number
          {'type': 'conv', 'name': 'c', 'channels': 1.0} | .channels is 1.0; expected a whole number
          {'type': 'conv', 'name': 'c', 'channels': '1'} | .channels is '1'; expected a whole number
          {'type': 'conv', 'name': 'c', 'channels': true} | .channels is true; expected a whole number
          {'type': 'conv', 'name': 'c', 'channels': null} | .channels is null; expected a whole number
          {'type': 'conv', 'name': 'c', 'channels': 4294967297} | .channels is 4294967297; expected a smaller number
          {'type': 'conv', 'name': 'c', 'channels': 0, 'kernel': 1} | .channels is 0; expected 1 to 65536
          {'type': 'conv', 'name': 'c', 'channels': 65537, 'kernel': 1} | .channels is 65537; expected 1 to 65536
          {'type': 'conv', 'name': 'c', 'channels': 1, 'kernel': 0} | .kernel is 0; expected 1 to 1024
          {'type': 'conv', 'name': 'c', 'channels': 1, 'kernel': 1025} | .kernel is 1025; expected 1 to 1024
          {'type': 'conv', 'name': 'c', 'channels': 1, 'kernel': 1, 'stride': 0} | .stride is 0; expected 1 to 1024
          {'type': 'conv', 'name': 'c', 'channels': 1, 'kernel': 3, 'padding': 3} | .padding is 3; expected 0 to 2
          {'type': 'conv', 'name': 'c', 'channels': 1, 'kernel': 3, 'padding': -1} | .padding is -1; expected 0 to 2
          {'type': 'conv', 'name': 'c', 'kernel': 3, 'kernel': 3} | .kernel stands twice
          {'type': 'batchnorm', 'name': 'a b'}  | .name is 'a b'; expected letters, digits, _ and -, in words divided by dots
          {'type': 'batchnorm', 'name': 'a..b'} | .name is 'a..b'; expected letters, digits, _ and -, in words divided by dots
          {'type': 'batchnorm', 'name': 'a\\n'}  | .name is 'a?'; expected letters, digits, _ and -, in words divided by dots
          {'type': 'batchnorm', 'name': 'b{i}'} | .name is 'b{i}'; expected letters, digits, _ and -, in words divided by dots
          {'type': 'maxpool'}                   | .window is missing; expected a whole number
          {'type': 'maxpool', 'window': 0}      | .window is 0; expected 1 to 1024
          {'type': 'maxpool', 'window': 1, 'stride': 1025} | .stride is 1025; expected 1 to 1024
          {'type': 'maxpool', 'window': 1, 'minSide': -1} | .minSide is -1; expected 0 to 65536
          {'type': 'avgpool', 'window': 2000}   | .window is 2000; expected 1 to 1024
          {'type': 'linear', 'name': 'l'}       | .outputs is missing; expected 'classes', or 1 to 65536
          {'type': 'linear', 'name': 'l', 'outputs': 0} | .outputs is 0; expected 'classes', or 1 to 65536
          {'type': 'linear', 'name': 'l', 'outputs': 1e9} | .outputs is 1.0E9; expected 'classes', or 1 to 65536
          {'type': 'linear', 'name': 'l', 'outputs': 'class'} | .outputs is 'class'; expected 'classes', or 1 to 65536
          {'type': 'residual'}                  | .layers is missing; expected a list of layers
          {'type': 'residual', 'layers': []}    | .layers is empty; expected at least one layer
          {'type': 'residual', 'layers': [{'type': 'relu'}], 'shortcut': {}} | .shortcut is an object; expected a list of layers
          {'type': 'residual', 'layers': [{'type': 'relu'}], 'shortcut': [{'type': 'x'}]} | .shortcut[0].type is 'x'; expected conv, batchnorm, relu, maxpool, avgpool, globalavgpool, residual, linear or repeat
          {'type': 'residual', 'layers': [{'type': 'relu'}, {'type': 'avgpool', 'window': 0}]} | .layers[1].window is 0; expected 1 to 1024
          {'type': 'repeat', 'layers': []}      | .times is missing; expected a whole number
          {'type': 'repeat', 'times': 0, 'layers': []} | .times is 0; expected 1 to 10000
          {'type': 'repeat', 'times': 2, 'from': -1, 'layers': []} | .from is -1; expected 0 to 10000
          {'type': 'repeat', 'times': 2, 'layers': []} | .layers is empty; expected at least one layer
          {'type': 'repeat', 'times': 2, 'layers': [{'type': 'repeat', 'times': 2, 'layers': []}]} | .layers[0] is a repeat in a repeat; write one of them out
          {'type': 'repeat', 'times': 5001, 'layers': [{'type': 'relu'}, {'type': 'relu'}]} | .layers[0] is beyond the 10000 layers that a network may have
          """)
  void aWrongLayerIsNamed(String layer, String message) {
    refused("{'name': 'x', 'layers': [" + layer + "]}", "f.json: layers[0]" + message);
  }

  @Test
  void namesStandOnce() {
    refused(
        """
        {'name': 'x', 'layers': [{'type': 'residual', 'layers': [{'type': 'batchnorm', 'name': 'a'}],
        'shortcut': [{'type': 'linear', 'name': 'a', 'outputs': 1}]}]}""",
        "f.json: two layers have the name a; rename one");
    refused(
        """
        {'name': 'x', 'layers': [
          {'type': 'repeat', 'times': 2, 'layers': [{'type': 'batchnorm', 'name': 'a'}]}]}""",
        "f.json: two layers have the name a; rename one");
  }

  @Test
  void sizesAreBounded() {
    String name = "a".repeat(200);
    assertThat(read("{'type': 'batchnorm', 'name': '" + name + "'}").layers()).hasSize(1);
    refused(
        "{'name': 'x', 'layers': [{'type': 'batchnorm', 'name': '" + name + "a'}]}",
        "f.json: layers[0].name has 201 characters; expected at most 200");
    refused(" ".repeat((1 << 22) + 1), "f.json: 4194305 characters are too many; at most 4194304");
    refused(
        "[".repeat(1_000_000),
        "f.json: nested too deeply, or a number too long, at line 1, column 102");
    refused(
        "{'name': " + "9".repeat(1_001) + "}",
        "f.json: nested too deeply, or a number too long, at line 1, column 1011");
  }

  private static String nested(int residuals) {
    return "{'type': 'residual', 'layers': [".repeat(residuals)
        + "{'type': 'relu'}"
        + "]}".repeat(residuals);
  }

  @Test
  void residualsAreNestedToADepth() {
    assertThat(read(nested(16)).layers()).hasSize(1);
    refused(
        "{'name': 'x', 'layers': [" + nested(17) + "]}",
        "f.json: layers[0]"
            + ".layers[0]".repeat(16)
            + " is a residual in 16 others; expected fewer");
  }

  /** The most layers with the longest names are still read again. */
  @Test
  void theLargestDescriptionIsReadAgain() {
    String body = "{'type': 'batchnorm', 'name': '" + "n".repeat(195) + "{i}'}";
    Architecture a = read("{'type': 'repeat', 'times': 10000, 'layers': [" + body + "]}");

    assertThat(a.layers()).hasSize(10_000);
    assertThat(Architecture.parse(a.toJson(), "again")).isEqualTo(a);
  }
}
