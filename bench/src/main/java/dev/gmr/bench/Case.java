package dev.gmr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A benchmark method with its parameters.
 *
 * @param method the method's name
 * @param params values by name, in the order of the names
 */
record Case(String method, Map<String, String> params) {
  Case {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
  }

  static Case of(BenchmarkParams run) {
    Map<String, String> params = new HashMap<>();
    for (String key : run.getParamsKeys()) {
      params.put(key, run.getParam(key));
    }
    return new Case(method(run.getBenchmark()), params);
  }

  /** Reads the case of a run from JMH's JSON. */
  static Case of(JsonNode run) {
    Map<String, String> params = new HashMap<>();
    run.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    return new Case(method(run.path("benchmark").asText()), params);
  }

  private static String method(String benchmark) {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  String param(String key) {
    String value = params.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name() + " has no parameter " + key);
    }
    return value;
  }

  int number(String key) {
    return Integer.parseInt(param(key));
  }

  /** The same case but for one parameter. */
  Case with(String key, String value) {
    Map<String, String> changed = new HashMap<>(params);
    changed.put(key, value);
    return new Case(method, changed);
  }

  /** The same parameters of another method. */
  Case ofMethod(String other) {
    return new Case(other, params);
  }

  String name() {
    StringBuilder name = new StringBuilder(method);
    params.forEach((key, value) -> name.append(' ').append(key).append('=').append(value));
    return name.toString();
  }
}
