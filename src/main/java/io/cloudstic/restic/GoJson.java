package io.cloudstic.restic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON whose strings are escaped as Go's {@code encoding/json} escapes them: what it writes for
 * HTML's sake ({@code <}, {@code >}, {@code &}, U+2028, U+2029) as {@code \u003c} and so on,
 * control characters with lower-case hex, everything else raw. Thread-safe.
 */
public final class GoJson {
  private static final JsonFactory FACTORY =
      new JsonFactory()
          .setCharacterEscapes(new Escapes())
          .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

  private GoJson() {}

  /** Writes to a generator. */
  public interface Writer {
    /** Writes one value. */
    void write(JsonGenerator json) throws IOException;
  }

  /** The bytes of what is written. */
  public static byte[] write(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** A parser of the bytes; the caller closes it. */
  public static JsonParser parse(byte[] text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** The text with U+FFFD for each surrogate without its other half, as Go writes bad UTF-8. */
  public static String wellFormed(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, '\ufffd');
      }
    }
    return mended == null ? text : mended.toString();
  }

  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

    Escapes() {
      for (int c = 0; c < ' '; c++) {
        ascii[c] = ascii[c] == ESCAPE_STANDARD ? ESCAPE_CUSTOM : ascii[c];
      }
      ascii['<'] = ascii['>'] = ascii['&'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      boolean escaped = c < 0x80 || c == 0x2028 || c == 0x2029;
      return escaped ? new SerializedString("\\u%04x".formatted(c)) : null;
    }
  }
}
