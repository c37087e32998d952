package dev.nimbus.e2e.api;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The API document of a service, read for what it says of each operation. Objects are taken to have
 * no fields but those it names, so that a field it forgets is noticed.
 */
public final class Document {
  private final Node root;
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, Object> closed = new LinkedHashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          Dialects.getOpenApi31(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  public Document(String json) {
    this.root = Node.parse(json);
    root.at("paths")
        .fields()
        .forEach(
            (path, methods) ->
                methods.fields().forEach((method, told) -> add(new Operation(method, path, told))));
    root.at("components", "schemas").fields().forEach((name, schema) -> close(name, schema));
  }

  /** By their names. */
  public Map<String, Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    var operation = operations.get(id);
    if (operation == null) {
      throw new AssertionError("The document has no operation '" + id + "'");
    }
    return operation;
  }

  /** The record a reference is to. */
  Node schema(Node reference) {
    var name = reference.at("$ref").text().replace("#/components/schemas/", "");
    return root.at("components", "schemas", name);
  }

  /** What is wrong with a value; nothing when it is as the schema says. */
  List<String> faults(Node schema, String json) {
    var whole = schema.with("components", Map.of("schemas", closed)).json();
    return registry.getSchema(whole, InputFormat.JSON).validate(json, InputFormat.JSON).stream()
        .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
        .toList();
  }

  private void add(Operation operation) {
    operations.put(operation.id(), operation);
  }

  private void close(String name, Node schema) {
    closed.put(name, schema.with("additionalProperties", false).value());
  }

  /** One method on one path. */
  public record Operation(String method, String path, Node told) {
    String id() {
      return told.at("operationId").text();
    }

    /** Who may call: an audience with the scope it needs, anybody, or monitoring. */
    public List<String> callers() {
      var requirements = told.at("security").items();
      return requirements.isEmpty()
          ? List.of("anybody")
          : requirements.stream().map(Operation::caller).toList();
    }

    private static String caller(Node requirement) {
      var roles = requirement.at("token").items().stream().map(Node::text).toList();
      return roles.isEmpty() ? "monitoring" : String.join(" ", roles);
    }

    /** The schema of the JSON it takes, or nothing. */
    Node taken() {
      return told.at("requestBody", "content", "application/json", "schema");
    }

    /** What it says of a status. */
    Node response(int status) {
      return told.at("responses", Integer.toString(status));
    }

    /** The ways in which it answers when all is well. */
    List<Integer> successes() {
      return told.at("responses").fields().entrySet().stream()
          .filter(response -> !response.getValue().at("$ref").there())
          .map(response -> Integer.valueOf(response.getKey()))
          .toList();
    }

    /** Its parameters in the query, or in headers. */
    Map<String, Node> parameters(String place) {
      var found = new TreeMap<String, Node>();
      for (var parameter : told.at("parameters").items()) {
        if (parameter.at("in").text().equals(place)) {
          found.put(parameter.at("name").text(), parameter);
        }
      }
      return found;
    }
  }
}
