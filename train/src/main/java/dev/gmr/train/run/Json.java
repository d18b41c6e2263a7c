package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ArchitectureException;
import dev.gmr.nn.ExpectedLoss;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Records as JSON files: snake case, declaration order, nothing missing and nothing unknown. What a
 * record says is not required may be missing.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .addModule(
              new SimpleModule()
                  .addSerializer(Architecture.class, new ArchitectureWriter())
                  .addDeserializer(Architecture.class, new ArchitectureReader()))
          .annotationIntrospector(new Required())
          .addMixIn(ExpectedLoss.class, LowerCase.class)
          .build();

  /** Every property is required unless it says otherwise. */
  private static final class Required extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      JsonProperty property = member.getAnnotation(JsonProperty.class);
      return property == null || property.isRequired() != OptBoolean.FALSE;
    }
  }

  /** Names for constants of a module that knows no JSON. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  private enum LowerCase {}

  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private Json() {}

  /** Descriptions of networks have a format of their own, with a layer a line. */
  private static final class ArchitectureWriter extends JsonSerializer<Architecture> {
    @Override
    public void serialize(Architecture value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeRawValue(value.toJson().strip().replace("\n", "\n    "));
    }
  }

  private static final class ArchitectureReader extends JsonDeserializer<Architecture> {
    @Override
    public Architecture deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return Architecture.parse(context.readTree(from).toString(), "architecture");
    }
  }

  static void write(Path file, String goOn, Object content) {
    AtomicFiles.writeText(file, goOn, text(content));
  }

  static String text(Object content) {
    try {
      return WRITER.writeValueAsString(content) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(content.getClass() + " is not JSON", e);
    }
  }

  /**
   * Reads a record.
   *
   * @param remedy what to do about a damaged file, in the imperative
   */
  static <T> T read(Path file, Class<T> type, Supplier<String> remedy) {
    try {
      T content = MAPPER.readValue(Files.readAllBytes(file), type);
      if (content == null) {
        throw damaged(file, "it holds nothing", remedy, null);
      }
      return content;
    } catch (JsonMappingException e) {
      throw damaged(file, reason(e), remedy, e);
    } catch (JsonProcessingException e) {
      String place =
          "not valid JSON at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw damaged(file, place, remedy, e);
    } catch (IOException e) {
      throw IoFaults.unreadable(file, e);
    }
  }

  private static UserError damaged(
      Path file, String reason, Supplier<String> remedy, Throwable cause) {
    return UserError.files("%s is damaged: %s; %s".formatted(file, reason, remedy.get()), cause);
  }

  /** Says what is wrong without the parser's words, which are about Java. */
  private static String reason(JsonMappingException e) {
    if (e.getCause() instanceof UserError refused) {
      return refused.getMessage();
    }
    if (e.getCause() instanceof ArchitectureException refused) {
      return refused.getMessage();
    }
    if (e.getCause() instanceof NullPointerException missing) {
      return missing.getMessage(); // a record's own check
    }
    String place =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."));
    if (e instanceof MismatchedInputException mismatch) {
      return place.isEmpty() && e.getMessage().startsWith("No content")
          ? "it is empty"
          : (place.isEmpty() ? "it" : "\"" + place + "\"") + mismatch(mismatch);
    }
    if (e.getCause() instanceof InputCoercionException) {
      return "\"" + place + "\" is out of range";
    }
    // What follows is about settings of the parser.
    String what = e.getOriginalMessage().split(" \\(|; |: enable|\n| at \\[", 2)[0];
    return (place.isEmpty() ? "" : "in \"" + place + "\": ") + what;
  }

  private static String mismatch(MismatchedInputException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return " is no key of a run";
    }
    if (e.getOriginalMessage().startsWith("Missing required creator property")) {
      return " is missing";
    }
    Class<?> type = e.getTargetType();
    String found =
        e instanceof InvalidFormatException wrong ? " is " + wrong.getValue() + "," : " is wrong,";
    return found + " expected " + expected(type);
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(c -> c.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == long.class) {
      return "a whole number in range";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type == String.class ? "a text" : "an object in braces";
  }
}
