package io.cloudstic.restic.lock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.GoJson;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.RepositoryEnvironment;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.LongPredicate;

/**
 * What a lock says about its holder.
 *
 * @param time when it was taken or last refreshed
 * @param exclusive whether it excludes all others
 * @param uid the user's number, 0 when not said
 * @param gid the group's number, 0 when not said
 */
public record LockFile(
    OffsetDateTime time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    long uid,
    long gid) {
  /** Refreshed every five minutes, a lock of this age has no holder; restic uses the same. */
  static final Duration STALE_AGE = Duration.ofMinutes(30);

  /** Our lock at this moment. */
  static LockFile of(RepositoryEnvironment us, LockKind kind) {
    return new LockFile(
        us.clock().instant().atOffset(ZoneOffset.UTC),
        kind == LockKind.EXCLUSIVE,
        us.hostname(),
        us.username(),
        us.pid(),
        us.uid(),
        us.gid());
  }

  /** Whether the two may not be held at the same time. */
  boolean excludes(LockKind other) {
    return exclusive || other == LockKind.EXCLUSIVE;
  }

  /**
   * Whether nobody can be holding it: too old, or of a process of this host that is gone. A time in
   * the future is a wrong clock and says nothing.
   *
   * @param processExists whether this host has a process of that number
   */
  boolean isStale(Instant now, String thisHost, LongPredicate processExists) {
    return time.toInstant().isBefore(now.minus(STALE_AGE))
        || hostname.equals(thisHost) && !processExists.test(pid);
  }

  byte[] encode() {
    return GoJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("time", GoTime.format(time));
          json.writeBooleanField("exclusive", exclusive);
          json.writeStringField("hostname", GoJson.wellFormed(hostname));
          json.writeStringField("username", GoJson.wellFormed(username));
          json.writeNumberField("pid", pid);
          if (uid != 0) {
            json.writeNumberField("uid", uid);
          }
          if (gid != 0) {
            json.writeNumberField("gid", gid);
          }
          json.writeEndObject();
        });
  }

  /**
   * Reads a lock; unknown fields are skipped.
   *
   * @throws IOException when it is not the JSON of a lock
   */
  static LockFile decode(byte[] text) throws IOException {
    OffsetDateTime time = GoTime.ZERO;
    boolean exclusive = false;
    String hostname = "";
    String username = "";
    long pid = 0;
    long uid = 0;
    long gid = 0;
    try (JsonParser json = GoJson.parse(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (name) {
          case "time" -> time = GoTime.parse(json.getText());
          case "exclusive" -> exclusive = json.getBooleanValue();
          case "hostname" -> hostname = json.getText();
          case "username" -> username = json.getText();
          case "pid" -> pid = json.getLongValue();
          case "uid" -> uid = json.getLongValue();
          case "gid" -> gid = json.getLongValue();
          default -> json.skipChildren();
        }
      }
    } catch (DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new LockFile(time, exclusive, hostname, username, pid, uid, gid);
  }
}
