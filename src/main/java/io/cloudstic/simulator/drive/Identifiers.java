package io.cloudstic.simulator.drive;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The ids of one drive in the shapes of its account type. Personal drive ids are sixteen hex digits
 * that come in either case and without their leading zero; this class spells them in all these ways
 * and recognises each. Immutable.
 */
final class Identifiers {
  /** The id that the migration of the personal service gave to every root. */
  private static final String MIGRATED_ROOT = "sea8cc6beffdb43d7976fbc7da445c639";

  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final AccountType type;
  private final long seed;
  private final boolean migrated;
  private final String driveId;

  Identifiers(AccountType type, long seed, boolean migrated) {
    this.type = type;
    this.seed = seed;
    this.migrated = migrated;
    this.driveId =
        type == AccountType.PERSONAL
            ? String.format("0%015x", Mix.mix(seed, -7) >>> 4)
            : "b!" + letters(BASE64, 64, -7);
  }

  /** The drive id in its canonical spelling. */
  String driveId() {
    return driveId;
  }

  String item(int ordinal) {
    if (type == AccountType.BUSINESS) {
      return "01" + letters(BASE32, 6, -9) + letters(BASE32, 26, ordinal);
    }
    String drive = driveId.toUpperCase(Locale.ROOT) + "!";
    if (ordinal == 0 && migrated) {
      return drive + MIGRATED_ROOT;
    }
    return migrated
        ? drive + "s" + guid(ordinal).replace("-", "").toLowerCase(Locale.ROOT)
        : drive + (101 + ordinal);
  }

  String migratedRoot() {
    return driveId.toUpperCase(Locale.ROOT) + "!" + MIGRATED_ROOT;
  }

  /** The GUID that business tags and web addresses carry. */
  String guid(int ordinal) {
    long high = Mix.mix(seed ^ 0x6755L, ordinal);
    long low = Mix.mix(seed ^ 0x1964L, ordinal);
    String hex = UPPER.toHexDigits(high) + UPPER.toHexDigits(low);
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-"
        + hex.substring(12, 16)
        + "-"
        + hex.substring(16, 20)
        + "-"
        + hex.substring(20);
  }

  /** The same drive or item id for all its spellings. */
  String key(String id) {
    if (type == AccountType.BUSINESS) {
      return id;
    }
    int mark = id.indexOf('!');
    String drive = (mark < 0 ? id : id.substring(0, mark)).toLowerCase(Locale.ROOT);
    String padded = "0".repeat(Math.max(0, 16 - drive.length())) + drive;
    return mark < 0 ? padded : padded + id.substring(mark);
  }

  /** One of the spellings that the personal service is seen to use; business ids stay. */
  String spell(String id, int way) {
    if (type == AccountType.BUSINESS) {
      return id;
    }
    int mark = id.indexOf('!');
    String drive = mark < 0 ? id : id.substring(0, mark);
    String rest = mark < 0 ? "" : id.substring(mark);
    String cased = (way & 1) == 0 ? drive.toLowerCase(Locale.ROOT) : drive.toUpperCase(Locale.ROOT);
    boolean dropZero = (way & 2) != 0 && cased.startsWith("0");
    return (dropZero ? cased.substring(1) : cased) + rest;
  }

  private String letters(String alphabet, int count, int ordinal) {
    StringBuilder text = new StringBuilder(count);
    int bits = Integer.numberOfTrailingZeros(alphabet.length());
    long pool = 0;
    int left = 0;
    for (int i = 0, word = 0; i < count; i++) {
      if (left < bits) {
        pool = Mix.mix(seed * 31 + ordinal, word++);
        left = Long.SIZE;
      }
      text.append(alphabet.charAt((int) (pool & alphabet.length() - 1)));
      pool >>>= bits;
      left -= bits;
    }
    return text.toString();
  }
}
