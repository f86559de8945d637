package io.cloudstic.restic.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One pattern. Immutable. */
final class PathPattern {
  private static final String ANY_DEPTH = "**";

  /** Null stands for any number of names. */
  private final List<Glob> globs;

  private final boolean rooted;
  private final boolean negated;

  private PathPattern(List<Glob> globs, boolean rooted, boolean negated) {
    this.globs = globs;
    this.rooted = rooted;
    this.negated = negated;
  }

  /** A pattern, whose path is cleaned of doubled slashes, {@code .} and {@code ..}. */
  static PathPattern of(String text) {
    boolean negated = text.startsWith("!");
    String path = negated ? text.substring(1) : text;
    List<Glob> globs = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..") && !globs.isEmpty()) {
        globs.remove(globs.size() - 1);
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        globs.add(segment.equals(ANY_DEPTH) ? null : new Glob(segment));
      }
    }
    return new PathPattern(Collections.unmodifiableList(globs), path.startsWith("/"), negated);
  }

  boolean isNegated() {
    return negated;
  }

  /** Whether it matches the path, or something above it. */
  boolean matches(List<String> names) {
    if (globs.isEmpty()) {
      return rooted; // the root, with all that is below
    }
    int last = rooted ? 0 : names.size();
    for (int from = 0; from <= last; from++) {
      if (matches(0, names, from)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(int glob, List<String> names, int name) {
    if (glob == globs.size()) {
      return true;
    }
    if (globs.get(glob) == null) {
      for (int next = name; next <= names.size(); next++) {
        if (matches(glob + 1, names, next)) {
          return true;
        }
      }
      return false;
    }
    return name < names.size()
        && globs.get(glob).matches(names.get(name))
        && matches(glob + 1, names, name + 1);
  }

  /** Whether something below the path may match. */
  boolean mayMatchBelow(List<String> names) {
    if (!rooted) {
      return true;
    }
    for (int i = 0; i < Math.min(names.size(), globs.size()); i++) {
      if (globs.get(i) == null) {
        return true;
      }
      if (!globs.get(i).matches(names.get(i))) {
        return false;
      }
    }
    return true;
  }
}
