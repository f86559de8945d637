package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the entries of a directory are called in the target. A name stays as it is wherever the
 * target can hold it; otherwise what it cannot hold becomes {@code %XX}, what is too long is cut,
 * and what would fall together with a sibling gets {@code ~2} and so on at its end. The same
 * siblings always get the same names. Immutable, thread-safe.
 */
final class LocalNames {
  private static final String WINDOWS_FORBIDDEN = "<>:\"/\\|?*";
  private static final Set<String> WINDOWS_DEVICES =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private static final Set<String> ONEDRIVE_RESERVED =
      Set.of(".lock", "desktop.ini", "com0", "lpt0");

  /** What the usual file systems of Unix and Windows hold: bytes there, UTF-16 units here. */
  private static final int LONGEST = 255;

  private static final int LONGEST_EXTENSION = 16;

  private enum Kind {
    UNIX,
    WINDOWS,
    ZIP,
    ONEDRIVE
  }

  private final Kind kind;
  private final boolean ignoresCase;

  private LocalNames(Kind kind, boolean ignoresCase) {
    this.kind = kind;
    this.ignoresCase = ignoresCase;
  }

  /** Any bytes but {@code /} and NUL. */
  static LocalNames unix(boolean ignoresCase) {
    return new LocalNames(Kind.UNIX, ignoresCase);
  }

  /** What Win32 takes. */
  static LocalNames windows() {
    return new LocalNames(Kind.WINDOWS, true);
  }

  /**
   * What OneDrive takes ("Restrictions and limitations in OneDrive and SharePoint" of Microsoft's
   * documentation).
   */
  static LocalNames oneDrive() {
    return new LocalNames(Kind.ONEDRIVE, true);
  }

  /** UTF-8 that no program which unpacks a ZIP file could take for another directory. */
  static LocalNames zip() {
    return new LocalNames(Kind.ZIP, false);
  }

  /** The names of those entries of one directory that cannot keep theirs; by identity. */
  Map<Node, NodeName> renamed(List<Node> siblings) {
    Map<Node, NodeName> renamed = new IdentityHashMap<>();
    Set<Object> taken = new HashSet<>();
    for (Node node : siblings) {
      if (isFine(node.name())) {
        taken.add(key(node.name()));
      }
    }
    Set<Object> given = new HashSet<>();
    for (Node node : siblings) {
      NodeName name = node.name();
      boolean fine = isFine(name);
      NodeName local = fine ? name : cut(encode(name), "");
      // A name that needs no change goes before one that was changed into it.
      for (int n = 2; given.contains(key(local)) || !fine && taken.contains(key(local)); n++) {
        local = cut(fine ? name : encode(name), "~" + n);
      }
      given.add(key(local));
      if (!local.equals(name)) {
        renamed.put(node, local);
      }
    }
    return renamed;
  }

  /** Names with equal keys are one name here. */
  Object key(NodeName name) {
    return ignoresCase ? name.display().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : name;
  }

  private boolean isFine(NodeName name) {
    if (!name.isValid() || lengthOf(name) > LONGEST) {
      return false;
    }
    return kind == Kind.UNIX || encode(name).equals(name);
  }

  private int lengthOf(NodeName name) {
    boolean units = kind == Kind.WINDOWS || kind == Kind.ONEDRIVE;
    return units ? name.text().length() : name.length();
  }

  private NodeName encode(NodeName name) {
    if (name.length() == 0) {
      return NodeName.of("%");
    }
    return switch (kind) {
      case UNIX -> isDots(name) ? percent(name, b -> true) : percent(name, b -> b == '/' || b == 0);
      case ZIP -> encodeForZip(name);
      case WINDOWS -> encodeForWindows(name);
      case ONEDRIVE -> encodeForOneDrive(name);
    };
  }

  private static boolean isDots(NodeName name) {
    String text = name.display();
    return text.equals(".") || text.equals("..");
  }

  private interface Forbidden {
    boolean test(byte b);
  }

  private static NodeName percent(NodeName name, Forbidden forbidden) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 8);
    for (byte b : name.toBytes()) {
      if (forbidden.test(b)) {
        out.writeBytes("%%%02X".formatted(b).getBytes(StandardCharsets.US_ASCII));
      } else {
        out.write(b);
      }
    }
    return NodeName.of(out.toByteArray());
  }

  private static NodeName encodeForZip(NodeName name) {
    if (isDots(name)) {
      return percent(name, b -> true);
    }
    String text = name.display();
    boolean drive = text.length() >= 2 && text.charAt(1) == ':';
    NodeName inside = percent(name, b -> b == '/' || b == '\\' || b == 0 || drive && b == ':');
    return inside.isText() ? inside : percent(inside, b -> b < 0);
  }

  private static NodeName encodeForWindows(NodeName name) {
    String text = name.text();
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i == text.length() - 1;
      if (c < 0x20 || WINDOWS_FORBIDDEN.indexOf(c) >= 0 || last && (c == '.' || c == ' ')) {
        out.append("%%%02X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    String base = out.toString().split("\\.", 2)[0].stripTrailing().toUpperCase(Locale.ROOT);
    if (WINDOWS_DEVICES.contains(base)) {
      out.replace(0, 1, "%%%02X".formatted((int) out.charAt(0)));
    }
    return NodeName.of(out.toString());
  }

  private static NodeName encodeForOneDrive(NodeName name) {
    NodeName text = name.isText() ? name : percent(name, b -> b < 0);
    String encoded = encodeForWindows(text).text();
    String lower = encoded.toLowerCase(Locale.ROOT);
    int vti = lower.indexOf("_vti_");
    if (encoded.startsWith(" ") || encoded.startsWith("~$") || ONEDRIVE_RESERVED.contains(lower)) {
      return percentFirst(encoded, 0);
    }
    return vti >= 0 ? percentFirst(encoded, vti) : NodeName.of(encoded);
  }

  private static NodeName percentFirst(String text, int at) {
    return NodeName.of(
        text.substring(0, at) + "%%%02X".formatted((int) text.charAt(at)) + text.substring(at + 1));
  }

  /** Shortens the part before the extension so that name and mark fit, at a character's border. */
  private NodeName cut(NodeName name, String mark) {
    if (lengthOf(name) + mark.length() <= LONGEST) {
      return mark.isEmpty() ? name : insert(name, extensionAt(name.text()), mark);
    }
    String wholeMark = mark.isEmpty() ? "~" : mark;
    String text = name.text();
    int dot = extensionAt(text);
    NodeName shorter = name;
    for (int end = dot; end > 0 && lengthOf(shorter) + wholeMark.length() > LONGEST; ) {
      end = text.offsetByCodePoints(end, -1);
      shorter = NodeName.of(text.substring(0, end) + text.substring(dot));
    }
    return insert(shorter, shorter.text().length() - (text.length() - dot), wholeMark);
  }

  private static NodeName insert(NodeName name, int at, String mark) {
    String text = name.text();
    if (at == text.length()) {
      byte[] bytes = name.toBytes();
      byte[] markBytes = mark.getBytes(StandardCharsets.US_ASCII);
      byte[] all = Arrays.copyOf(bytes, bytes.length + markBytes.length);
      System.arraycopy(markBytes, 0, all, bytes.length, markBytes.length);
      return NodeName.of(all);
    }
    return NodeName.of(text.substring(0, at) + mark + text.substring(at));
  }

  private static int extensionAt(String text) {
    int dot = text.lastIndexOf('.');
    return dot > 0 && text.length() - dot <= LONGEST_EXTENSION ? dot : text.length();
  }
}
