package io.cloudstic.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A profile as lines of YAML, every text in double quotes. */
public final class ProfileText {
  private static final String STEP = "  ";

  private ProfileText() {}

  /** The lines of a profile that stands that far from the margin. */
  public static List<String> of(Profile profile, String indent) {
    List<String> lines = new ArrayList<>();
    lines.add(indent + profile.name() + ":" + (isEmpty(profile) ? " {}" : ""));
    for (Map.Entry<Setting, List<String>> entry : profile.settings().entrySet()) {
      lines.add(
          indent
              + STEP
              + entry.getKey().key()
              + ": "
              + value(entry.getValue(), entry.getKey().isList()));
    }
    if (!profile.retention().isEmpty()) {
      lines.add(indent + STEP + "retention:");
      profile
          .retention()
          .forEach(
              (rule, values) ->
                  lines.add(
                      indent + STEP + STEP + rule + ": " + value(values, rule.equals("tag"))));
    }
    return lines;
  }

  private static boolean isEmpty(Profile profile) {
    return profile.settings().isEmpty() && profile.retention().isEmpty();
  }

  private static String value(List<String> values, boolean list) {
    return list
        ? values.stream()
            .map(ProfileText::quoted)
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"))
        : quoted(values.get(0));
  }

  /** YAML's double quotes, with escapes for all that is not printable. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
