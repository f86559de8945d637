package io.cloudstic.simulator.graph;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL below {@code /v1.0} speaks of. Understands segments ({@code /drives/ID/items/ID}),
 * function form ({@code /drives('ID')}) and paths ({@code /root:/a/b:/children}).
 *
 * @param kind which resource
 * @param user the id or name of the user whose drive it is, or null for whoever is signed in
 * @param drive the drive id, or null for the user's own
 * @param item the item id, or null for the root
 * @param path names below the item, decoded; empty for the item itself
 * @param relation {@code children}, {@code delta}, {@code content}, … or the empty string
 * @param token the token that stands in the path, or null
 */
record Address(
    Kind kind,
    String user,
    String drive,
    String item,
    List<String> path,
    String relation,
    String token) {

  enum Kind {
    ME,
    USER,
    DRIVE,
    DRIVES,
    ITEM
  }

  private static final Pattern FUNCTION = Pattern.compile("(drives|items|users)\\('([^']*)'\\)");
  private static final Pattern DELTA =
      Pattern.compile("(?:microsoft\\.graph\\.)?delta(?:\\((?:token='([^']*)')?\\))?");

  /** Nothing when there is no such resource. */
  static Optional<Address> parse(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.split("/")) {
      if (!raw.isEmpty()) {
        Matcher function = FUNCTION.matcher(raw);
        if (function.matches()) {
          segments.add(function.group(1));
          segments.add(function.group(2));
        } else {
          segments.add(raw);
        }
      }
    }
    return new Reader(segments).read();
  }

  /** Reads the segments from left to right. */
  private static final class Reader {
    private final List<String> segments;
    private int at;
    private String user;

    Reader(List<String> segments) {
      this.segments = segments;
    }

    Optional<Address> read() {
      String first = next();
      if (first.equals("me")) {
        return atEnd() ? Optional.of(of(Kind.ME, null)) : ofUser();
      }
      if (first.equals("users") && !atEnd()) {
        user = decode(next());
        return atEnd() ? Optional.of(of(Kind.USER, null)) : ofUser();
      }
      if (first.equals("drive")) {
        return ofDrive(null);
      }
      return first.equals("drives") && !atEnd() ? ofDrive(decode(next())) : Optional.empty();
    }

    private Address of(Kind kind, String drive) {
      return new Address(kind, user, drive, null, List.of(), "", null);
    }

    private Optional<Address> ofUser() {
      String next = next();
      if (next.equals("drives") && atEnd()) {
        return Optional.of(of(Kind.DRIVES, null));
      }
      if (next.equals("drives")) {
        return ofDrive(decode(next()));
      }
      return next.equals("drive") ? ofDrive(null) : Optional.empty();
    }

    private Optional<Address> ofDrive(String drive) {
      if (atEnd()) {
        return Optional.of(of(Kind.DRIVE, drive));
      }
      String next = next();
      String item = null;
      boolean pathFollows = next.equals("root:");
      if (next.equals("items") && !atEnd()) {
        item = decode(next());
        pathFollows = item.endsWith(":");
        item = pathFollows ? item.substring(0, item.length() - 1) : item;
      } else if (!next.equals("root") && !pathFollows) {
        return Optional.empty();
      }
      List<String> path = pathFollows ? path() : List.of();
      String relation = atEnd() ? "" : next();
      Matcher delta = DELTA.matcher(decode(relation));
      boolean isDelta = delta.matches();
      String token = isDelta ? delta.group(1) : null;
      if (!atEnd()) {
        return Optional.empty();
      }
      return Optional.of(
          new Address(Kind.ITEM, user, drive, item, path, isDelta ? "delta" : relation, token));
    }

    /** Names up to a segment that ends in a colon, or to the end. */
    private List<String> path() {
      List<String> names = new ArrayList<>();
      while (!atEnd()) {
        String raw = next();
        boolean last = raw.endsWith(":");
        String name = decode(last ? raw.substring(0, raw.length() - 1) : raw);
        if (!name.isEmpty()) {
          names.add(name);
        }
        if (last) {
          break;
        }
      }
      return names;
    }

    private String next() {
      return at < segments.size() ? segments.get(at++) : "";
    }

    private boolean atEnd() {
      return at >= segments.size();
    }

    private static String decode(String raw) {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
