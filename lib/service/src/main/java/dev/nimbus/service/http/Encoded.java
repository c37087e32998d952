package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Decodes what a request line holds, exactly once, and refuses what has no honest use. */
final class Encoded {
  private Encoded() {}

  /** The decoded segments of a raw path; none may be a dot segment or hold control characters. */
  static List<String> segments(String rawPath) {
    if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
      throw refused("it does not start with '/'");
    }
    var segments = new ArrayList<String>(8);
    var begin = 1;
    for (var end = rawPath.indexOf('/', begin); end >= 0; end = rawPath.indexOf('/', begin)) {
      segments.add(segment(rawPath.substring(begin, end)));
      begin = end + 1;
    }
    segments.add(segment(rawPath.substring(begin)));
    return segments;
  }

  /** A decoded query name or value. */
  static String queryPart(String raw) {
    return decoded(raw.replace('+', ' '));
  }

  private static String segment(String raw) {
    var segment = decoded(raw);
    if (isDots(segment)) {
      throw refused("it has a dot segment");
    }
    return segment;
  }

  /** Whether a path segment would mean "here" or "above". */
  static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static String decoded(String raw) {
    var text = raw.indexOf('%') < 0 ? raw : percent(raw);
    for (var i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw refused("it has a control character");
      }
    }
    return text;
  }

  private static String percent(String raw) {
    var bytes = new ByteArrayOutputStream(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      bytes.write(octet(raw, i + 1));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8");
    }
  }

  private static int octet(String raw, int at) {
    if (at + 2 > raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at))
        || !HexFormat.isHexDigit(raw.charAt(at + 1))) {
      throw refused("it has a broken escape");
    }
    return HexFormat.fromHexDigits(raw, at, at + 2);
  }

  static HttpFailure refused(String why) {
    return new HttpFailure(
        Problems.reply(
            Kind.INVALID, "bad-path", "Cannot read the path of the request: " + why + "."));
  }
}
