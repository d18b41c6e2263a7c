package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Records as JSON files: snake case, declaration order, nothing missing and nothing unknown. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private Json() {}

  static void write(Path file, String goOn, Object content) {
    String text;
    try {
      text = WRITER.writeValueAsString(content) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(content.getClass() + " is not JSON", e);
    }
    AtomicFiles.writeText(file, goOn, text);
  }

  static <T> T read(Path file, Class<T> type) {
    try {
      T content = MAPPER.readValue(Files.readAllBytes(file), type);
      if (content == null) {
        throw UserError.files("%s is damaged: it holds nothing".formatted(file));
      }
      return content;
    } catch (JsonMappingException e) {
      throw UserError.files("%s is damaged: %s".formatted(file, reason(e)), e);
    } catch (JsonProcessingException e) {
      throw UserError.files(
          "%s is damaged: not valid JSON at line %d, column %d"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    } catch (IOException e) {
      throw UserError.files("cannot read %s: %s".formatted(file, IoFaults.describe(e)), e);
    }
  }

  private static String reason(JsonMappingException e) {
    if (e.getCause() instanceof UserError refused) {
      return refused.getMessage();
    }
    String place =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."));
    if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
      return "%s: \"%s\" is none of %s"
          .formatted(
              place,
              wrong.getValue(),
              Arrays.stream(wrong.getTargetType().getEnumConstants())
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
    // What follows in brackets is about Java classes and parser settings.
    String what = e.getOriginalMessage().split(" \\(|; |\n| at \\[", 2)[0];
    return (place.isEmpty() ? "" : place + ": ") + what;
  }
}
