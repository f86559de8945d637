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
 * @param kind what it allows at the same time. restic knows whether it is exclusive; the rest is in
 *     a field of ours, which restic skips
 * @param uid the user's number, 0 when not said
 * @param gid the group's number, 0 when not said
 */
public record LockFile(
    OffsetDateTime time,
    LockKind kind,
    String hostname,
    String username,
    long pid,
    long uid,
    long gid) {
  /** Refreshed every five minutes, a lock of this age has no holder; restic uses the same. */
  static final Duration STALE_AGE = Duration.ofMinutes(30);

  /** Our own field, and what it says. */
  private static final String PURPOSE = "cloudstic";

  private static final String FOR_PRUNE = "prune";
  private static final String FOR_MOMENT = "brief";

  /** Our lock at this moment. */
  static LockFile of(RepositoryEnvironment us, LockKind kind) {
    return new LockFile(
        us.clock().instant().atOffset(ZoneOffset.UTC),
        kind,
        us.hostname(),
        us.username(),
        us.pid(),
        us.uid(),
        us.gid());
  }

  /** Whether the two may not be held at the same time. */
  boolean excludes(LockKind other) {
    return kind.isExclusive()
        || other.isExclusive()
        || kind == LockKind.PRUNE && other == LockKind.PRUNE;
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
          json.writeBooleanField("exclusive", kind.isExclusive());
          json.writeStringField("hostname", GoJson.wellFormed(hostname));
          json.writeStringField("username", GoJson.wellFormed(username));
          json.writeNumberField("pid", pid);
          if (uid != 0) {
            json.writeNumberField("uid", uid);
          }
          if (gid != 0) {
            json.writeNumberField("gid", gid);
          }
          if (kind == LockKind.PRUNE || kind == LockKind.BRIEF) {
            json.writeStringField(PURPOSE, kind == LockKind.PRUNE ? FOR_PRUNE : FOR_MOMENT);
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
    String purpose = "";
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
          case PURPOSE -> {
            purpose = json.getValueAsString("");
            json.skipChildren();
          }
          default -> json.skipChildren();
        }
      }
    } catch (DateTimeException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new LockFile(time, kind(exclusive, purpose), hostname, username, pid, uid, gid);
  }

  private static LockKind kind(boolean exclusive, String purpose) {
    if (exclusive) {
      return purpose.equals(FOR_MOMENT) ? LockKind.BRIEF : LockKind.EXCLUSIVE;
    }
    return purpose.equals(FOR_PRUNE) ? LockKind.PRUNE : LockKind.SHARED;
  }
}
