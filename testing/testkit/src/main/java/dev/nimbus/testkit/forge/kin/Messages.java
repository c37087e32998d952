package dev.nimbus.testkit.forge.kin;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import java.util.Map;

/**
 * The messages runners and forges exchange, package {@code runner.v1}. Each field is its type, its
 * name and its number; {@code *} means many, {@code map} texts by text.
 */
final class Messages {
  private static final String PACKAGE = ".runner.v1.";
  private static final Map<String, String> MESSAGES =
      Map.ofEntries(
          Map.entry("PingRequest", "string data 1"),
          Map.entry("PingResponse", "string data 1"),
          Map.entry(
              "RegisterRequest",
              "string name 1, string token 2, string version 5, string* labels 6, bool ephemeral 7"),
          Map.entry("RegisterResponse", "Runner runner 1"),
          Map.entry("DeclareRequest", "string version 1, string* labels 2"),
          Map.entry("DeclareResponse", "Runner runner 1"),
          Map.entry("FetchTaskRequest", "int64 tasks_version 1"),
          Map.entry("FetchTaskResponse", "Task task 1, int64 tasks_version 2"),
          Map.entry("FetchSingleTaskRequest", "int64 tasks_version 1, string handle 2"),
          Map.entry("FetchSingleTaskResponse", "Task task 1, int64 tasks_version 2"),
          Map.entry("UpdateTaskRequest", "TaskState state 1, map outputs 2"),
          Map.entry("UpdateTaskResponse", "TaskState state 1, string* sent_outputs 2"),
          Map.entry(
              "UpdateLogRequest", "int64 task_id 1, int64 index 2, LogRow* rows 3, bool no_more 4"),
          Map.entry("UpdateLogResponse", "int64 ack_index 1"),
          Map.entry(
              "Runner",
              "int64 id 1, string uuid 2, string token 3, string name 4, string version 8,"
                  + " string* labels 9, bool ephemeral 10"),
          Map.entry(
              "Task",
              "int64 id 1, bytes workflow_payload 2, google.protobuf.Struct context 3,"
                  + " map secrets 4, map vars 7"),
          Map.entry(
              "TaskState",
              "int64 id 1, enum result 2, google.protobuf.Timestamp started_at 3,"
                  + " google.protobuf.Timestamp stopped_at 4, StepState* steps 5"),
          Map.entry(
              "StepState",
              "int64 id 1, enum result 2, google.protobuf.Timestamp started_at 3,"
                  + " google.protobuf.Timestamp stopped_at 4, int64 log_index 5,"
                  + " int64 log_length 6"),
          Map.entry("LogRow", "google.protobuf.Timestamp time 1, string content 2"));
  private static final String[] RESULTS = {
    "RESULT_UNSPECIFIED", "RESULT_SUCCESS", "RESULT_FAILURE", "RESULT_CANCELLED", "RESULT_SKIPPED"
  };
  private static final FileDescriptor FILE = file();

  private Messages() {}

  static Descriptor of(String name) {
    return FILE.findMessageTypeByName(name);
  }

  private static FileDescriptor file() {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("runner.proto")
            .setPackage("runner.v1")
            .setSyntax("proto3")
            .addDependency("google/protobuf/struct.proto")
            .addDependency("google/protobuf/timestamp.proto");
    var results = EnumDescriptorProto.newBuilder().setName("Result");
    for (var number = 0; number < RESULTS.length; number++) {
      results.addValueBuilder().setName(RESULTS[number]).setNumber(number);
    }
    file.addEnumType(results);
    MESSAGES.forEach((name, fields) -> file.addMessageType(message(name, fields)));
    try {
      return FileDescriptor.buildFrom(
          file.build(),
          new FileDescriptor[] {StructProto.getDescriptor(), TimestampProto.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("The messages contradict each other", e);
    }
  }

  private static DescriptorProto message(String name, String fields) {
    var message = DescriptorProto.newBuilder().setName(name);
    for (var field : fields.split(", *", -1)) {
      var words = field.split(" ", -1);
      message.addField(field(message, words[0], words[1]).setNumber(Integer.parseInt(words[2])));
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder field(
      DescriptorProto.Builder message, String type, String name) {
    var many = type.endsWith("*");
    var field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setLabel(many || type.equals("map") ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
    return switch (many ? type.substring(0, type.length() - 1) : type) {
      case "int64" -> field.setType(FieldDescriptorProto.Type.TYPE_INT64);
      case "bool" -> field.setType(FieldDescriptorProto.Type.TYPE_BOOL);
      case "string" -> field.setType(FieldDescriptorProto.Type.TYPE_STRING);
      case "bytes" -> field.setType(FieldDescriptorProto.Type.TYPE_BYTES);
      case "enum" ->
          field.setType(FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(PACKAGE + "Result");
      case "map" ->
          field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(entry(message, name));
      case String other when other.startsWith("google.") ->
          field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName("." + other);
      case String other ->
          field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(PACKAGE + other);
    };
  }

  /** A map is a list of pairs under a name made from its own. */
  private static String entry(DescriptorProto.Builder message, String name) {
    var entry = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Entry";
    message
        .addNestedTypeBuilder()
        .setName(entry)
        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
        .addField(text("key", 1))
        .addField(text("value", 2));
    return PACKAGE + message.getName() + "." + entry;
  }

  private static FieldDescriptorProto text(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(FieldDescriptorProto.Type.TYPE_STRING)
        .build();
  }
}
