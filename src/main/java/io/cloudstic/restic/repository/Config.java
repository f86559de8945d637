package io.cloudstic.restic.repository;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.GoJson;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.UnknownFields;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * The config of a repository. Immutable.
 *
 * @param version the format version, 1 or 2
 * @param id what tells this repository from all others, random
 * @param chunkerPolynomial a secret of the repository: irreducible, of degree 53
 * @param others what other programs keep here (rustic keeps its options), written back as it was
 */
public record Config(int version, Id id, long chunkerPolynomial, UnknownFields others) {
  /** The version that is made. */
  public static final int CURRENT_VERSION = 2;

  /** A config for a new repository. */
  static Config create(SecureRandom random) {
    byte[] id = new byte[Id.LENGTH];
    random.nextBytes(id);
    return new Config(
        CURRENT_VERSION, Id.of(id, 0), ChunkerPolynomial.random(random), UnknownFields.NONE);
  }

  /** Whether blobs and files may be compressed: from version 2 on. */
  public boolean allowsCompression() {
    return version > 1;
  }

  /** The JSON, in restic's field order. */
  public byte[] json() {
    return GoJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("version", version);
          json.writeStringField("id", id.hex());
          json.writeStringField("chunker_polynomial", Long.toHexString(chunkerPolynomial));
          others.writeTo(json);
          json.writeEndObject();
        });
  }

  /**
   * Reads the JSON.
   *
   * @throws RepositoryException when the version is not supported, or anything else is not valid
   */
  static Config decode(byte[] text) {
    int version = 0;
    Id id = null;
    long polynomial = 0;
    UnknownFields.Collector others = new UnknownFields.Collector();
    try (JsonParser json = GoJson.parse(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "version" -> version = json.getIntValue();
          case "id" -> id = Id.parse(json.getText());
          case "chunker_polynomial" -> polynomial = Long.parseUnsignedLong(json.getText(), 16);
          default -> others.keep(name, json);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw RepositoryException.damaged("the config is not valid: " + e.getMessage(), e);
    }
    return checked(new Config(version, id, polynomial, others.collected()));
  }

  private static Config checked(Config config) {
    if (config.version < 1 || config.version > CURRENT_VERSION) {
      throw new RepositoryException(
          ExitCode.FAILED,
          "the repository has format version "
              + config.version
              + "; versions 1 and 2 are supported",
          "use a newer version of this program",
          null);
    }
    if (config.id == null) {
      throw RepositoryException.damaged("the config has no id", null);
    }
    if (!ChunkerPolynomial.isValid(config.chunkerPolynomial)) {
      throw RepositoryException.damaged("the config has no irreducible polynomial", null);
    }
    return config;
  }
}
