package io.cloudstic.profile;

import io.cloudstic.failure.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the text of {@code profiles.yaml}; what is wrong is told with file, line and key. */
final class ProfileReader {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String ROOT = "profiles";
  private static final String RETENTION = "retention";

  /**
   * A profile and its place in the text.
   *
   * @param profile what it says
   * @param line its first line, counted from 0
   */
  record Placed(Profile profile, int line) {}

  private final Path file;

  ProfileReader(Path file) {
    this.file = file;
  }

  /** All profiles by name, in the order of the text. */
  Map<String, Placed> read(String text) {
    Map<String, Placed> profiles = new LinkedHashMap<>();
    root(text)
        .ifPresent(
            root -> {
              for (NodeTuple entry : mapping(root, "the file").getValue()) {
                String key = key(entry);
                if (!key.equals(ROOT)) {
                  throw wrong(entry.getKeyNode(), key + " is unknown", "begin with: profiles:");
                }
                if (!isNull(entry.getValueNode())) {
                  readAll(mapping(entry.getValueNode(), ROOT), profiles);
                }
              }
            });
    return profiles;
  }

  private Optional<Node> root(String text) {
    try {
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new UsageException(
          file + ":" + line + ": this is not YAML: " + e.getProblem(), "correct that line", e);
    } catch (YamlEngineException e) {
      throw new UsageException(file + " is not YAML: " + e.getMessage(), "correct it", e);
    }
  }

  private void readAll(MappingNode all, Map<String, Placed> profiles) {
    for (NodeTuple entry : all.getValue()) {
      String name = key(entry);
      if (!NAME.matcher(name).matches()) {
        throw wrong(
            entry.getKeyNode(),
            "'" + name + "' is no name for a profile",
            "use letters, digits, '.', '_' and '-'");
      }
      Placed placed = new Placed(profile(name, entry.getValueNode()), line(entry.getKeyNode()) - 1);
      if (profiles.put(name, placed) != null) {
        throw wrong(entry.getKeyNode(), "the profile " + name + " is there twice", "rename one");
      }
    }
  }

  private Profile profile(String name, Node node) {
    Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
    Map<String, List<String>> retention = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : mapping(node, name).getValue()) {
      String key = key(entry);
      if (!seen.add(key)) {
        throw wrong(entry.getKeyNode(), key + " is there twice", "remove one");
      }
      if (key.equals(RETENTION)) {
        readRetention(mapping(entry.getValueNode(), RETENTION), retention);
        continue;
      }
      Setting setting =
          Setting.of(key)
              .orElseThrow(
                  () -> wrong(entry.getKeyNode(), key + " is no setting", "one of: " + known()));
      settings.put(setting, values(key, setting.isList(), entry.getValueNode()));
      if (setting == Setting.PASSWORD) {
        checkReference(entry, settings.get(setting).get(0));
      }
    }
    return new Profile(name, settings, retention);
  }

  private static String known() {
    return java.util.Arrays.stream(Setting.values())
            .map(Setting::key)
            .collect(Collectors.joining(", "))
        + ", "
        + RETENTION;
  }

  private void checkReference(NodeTuple entry, String text) {
    try {
      SecretReference.parse(text);
    } catch (UsageException e) {
      throw wrong(entry.getKeyNode(), "password: " + e.getMessage(), e.advice().orElse(null));
    }
  }

  private void readRetention(MappingNode node, Map<String, List<String>> retention) {
    for (NodeTuple entry : node.getValue()) {
      String key = key(entry);
      if (!Profile.RETENTION.contains(key)) {
        throw wrong(
            entry.getKeyNode(),
            RETENTION + "." + key + " is no rule",
            "one of: " + String.join(", ", Profile.RETENTION));
      }
      retention.put(key, values(RETENTION + "." + key, key.equals("tag"), entry.getValueNode()));
    }
  }

  private List<String> values(String key, boolean list, Node node) {
    List<String> values = new ArrayList<>();
    if (node instanceof SequenceNode sequence && list) {
      for (Node each : sequence.getValue()) {
        values.add(scalar(key, each));
      }
      if (values.isEmpty()) {
        throw wrong(node, key + " is empty", "leave it out, or give it a value");
      }
    } else {
      values.add(scalar(key, node));
    }
    return List.copyOf(values);
  }

  private String scalar(String key, Node node) {
    if (!(node instanceof ScalarNode scalar) || isNull(node) || scalar.getValue().isBlank()) {
      throw wrong(node, key + " wants a text", "write it after '" + key + ": ', in quotes");
    }
    return scalar.getValue();
  }

  private MappingNode mapping(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw wrong(node, what + " wants lines of the form 'key: value'", "indent them below it");
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"))
        && scalar.isPlain();
  }

  private String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar
        ? scalar.getValue()
        : String.valueOf(entry.getKeyNode().getTag());
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private UsageException wrong(Node node, String what, String advice) {
    return new UsageException(file + ":" + line(node) + ": " + what, advice);
  }
}
