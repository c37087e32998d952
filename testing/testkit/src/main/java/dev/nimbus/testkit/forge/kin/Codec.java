package dev.nimbus.testkit.forge.kin;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.http.Call;
import java.nio.charset.StandardCharsets;

/** How a message is written: each call says it by its content type, and is answered alike. */
enum Codec {
  PROTO("application/proto"),
  JSON("application/json");

  private final String type;

  Codec(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  static Codec of(Call call) {
    return call.header("content-type").startsWith(PROTO.type) ? PROTO : JSON;
  }

  /** Reads a message; unknown fields are left out. */
  <T> T read(String message, byte[] body, Class<T> type) throws InvalidProtocolBufferException {
    var read =
        switch (this) {
          case PROTO -> DynamicMessage.parseFrom(Messages.of(message), body);
          case JSON -> parse(message, new String(body, StandardCharsets.UTF_8));
        };
    var text = JsonFormat.printer().preservingProtoFieldNames().print(read);
    return Json.read(text.getBytes(StandardCharsets.UTF_8), type);
  }

  /** Writes a message, given as what its JSON would be. */
  byte[] write(String message, Object value) {
    try {
      var written = parse(message, Json.text(value));
      return switch (this) {
        case PROTO -> written.toByteArray();
        case JSON -> JsonFormat.printer().print(written).getBytes(StandardCharsets.UTF_8);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("Not a " + message + ": " + value, e);
    }
  }

  private static DynamicMessage parse(String message, String text)
      throws InvalidProtocolBufferException {
    var builder = DynamicMessage.newBuilder(Messages.of(message));
    JsonFormat.parser().ignoringUnknownFields().merge(text, builder);
    return builder.build();
  }
}
