package io.cloudstic.restic.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.GoTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;

/**
 * The JSON of key files and of the master key inside them, in restic's field order. Unknown fields
 * are skipped, fields may come in any order.
 */
public final class KeyFileCodec {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SCRYPT = "scrypt";

  private KeyFileCodec() {}

  /** The bytes to store. */
  public static byte[] encode(KeyFile file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("created", GoTime.format(file.created()));
      json.writeStringField("username", file.username());
      json.writeStringField("hostname", file.hostname());
      json.writeStringField("kdf", SCRYPT);
      json.writeNumberField("N", file.cost().n());
      json.writeNumberField("r", file.cost().r());
      json.writeNumberField("p", file.cost().p());
      json.writeBinaryField("salt", file.salt());
      json.writeBinaryField("data", file.data());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * A key file from its stored bytes, which the caller has compared with the name.
   *
   * @throws MalformedKeyException when it cannot be used
   */
  public static KeyFile decode(byte[] stored) {
    Fields fields = new Fields();
    try (JsonParser json = JSON.createParser(stored)) {
      readObject(json, fields::read);
    } catch (IOException e) {
      throw new MalformedKeyException("it is not the JSON of a key", e);
    }
    return fields.toKeyFile();
  }

  /** {@code {"mac":{"k":…,"r":…},"encrypt":…}}; the caller wipes the array. */
  static byte[] encodeMasterKey(MasterKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart("mac");
      json.writeBinaryField("k", key.macK());
      json.writeBinaryField("r", key.macR());
      json.writeEndObject();
      json.writeBinaryField("encrypt", key.encrypt());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  static MasterKey decodeMasterKey(byte[] plain) {
    KeyParts parts = new KeyParts();
    try (JsonParser json = JSON.createParser(plain)) {
      readObject(json, parts::read);
      return parts.toMasterKey();
    } catch (IOException | IllegalArgumentException e) {
      // The cause is left out on purpose: parsers quote what they read.
      throw new MalformedKeyException("the master key inside is not valid", null);
    }
  }

  private interface FieldReader {
    /** Reads the value the parser stands on, or leaves it where the field is unknown. */
    void read(String name, JsonParser json) throws IOException;
  }

  private static void readObject(JsonParser json, FieldReader reader) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not a JSON object");
    }
    readFields(json, reader);
  }

  private static void readFields(JsonParser json, FieldReader reader) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        reader.read(name, json);
      }
      json.skipChildren();
    }
  }

  private static final class Fields {
    private OffsetDateTime created = GoTime.ZERO;
    private String username = "";
    private String hostname = "";
    private String kdf = "";
    private int n;
    private int r;
    private int p;
    private byte[] salt = {};
    private byte[] data = {};

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "created" -> created = readTime(json);
        case "username" -> username = json.getText();
        case "hostname" -> hostname = json.getText();
        case "kdf" -> kdf = json.getText();
        case "N" -> n = json.getIntValue();
        case "r" -> r = json.getIntValue();
        case "p" -> p = json.getIntValue();
        case "salt" -> salt = json.getBinaryValue();
        case "data" -> data = json.getBinaryValue();
        default -> {}
      }
    }

    private static OffsetDateTime readTime(JsonParser json) throws IOException {
      try {
        return GoTime.parse(json.getText());
      } catch (DateTimeException e) {
        throw new IOException(e);
      }
    }

    KeyFile toKeyFile() {
      if (!kdf.equals(SCRYPT)) {
        throw new MalformedKeyException("its key derivation is '" + kdf + "', not scrypt", null);
      }
      if (salt.length != KeyFile.SALT_LENGTH) {
        throw new MalformedKeyException("its salt has " + salt.length + " bytes, not 64", null);
      }
      try {
        return new KeyFile(created, username, hostname, new KdfCost(n, r, p), salt, data);
      } catch (IllegalArgumentException e) {
        throw new MalformedKeyException(e.getMessage(), e);
      }
    }
  }

  private static final class KeyParts {
    private byte[] encrypt = {};
    private byte[] k = {};
    private byte[] r = {};

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "mac" -> readFields(json, this::readMac);
        case "encrypt" -> encrypt = json.getBinaryValue();
        default -> {}
      }
    }

    private void readMac(String name, JsonParser json) throws IOException {
      switch (name) {
        case "k" -> k = json.getBinaryValue();
        case "r" -> r = json.getBinaryValue();
        default -> {}
      }
    }

    MasterKey toMasterKey() {
      if (encrypt.length != 32 || k.length != 16 || r.length != 16) {
        throw new IllegalArgumentException("a part of the key has the wrong length");
      }
      byte[] all = Arrays.copyOf(encrypt, MasterKey.LENGTH);
      System.arraycopy(k, 0, all, 32, 16);
      System.arraycopy(r, 0, all, 48, 16);
      try {
        return MasterKey.of(all);
      } finally {
        Arrays.fill(all, (byte) 0);
      }
    }
  }
}
