package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import java.time.Instant;
import java.util.Locale;

/**
 * What Graph says of an item that tells one content from another. Always compared Graph with Graph,
 * never with the bytes stored, since sizes and hashes are not always true.
 *
 * @param size bytes, or -1
 * @param modified the time to restore, or null
 * @param eTag changes with anything on the item; or null
 * @param cTag changes with content only; left out by business feeds
 * @param hashes as given
 */
public record ContentFacts(long size, Instant modified, String eTag, String cTag, Hashes hashes) {
  /** Empty values are none; hex hashes come in either case and are kept in upper. */
  public ContentFacts {
    eTag = present(eTag);
    cTag = present(cTag);
    hashes =
        new Hashes(
            present(hashes.quickXor()),
            upper(present(hashes.sha1())),
            upper(present(hashes.sha256())));
  }

  /** Between the encoded fields: a control character that no eTag holds. */
  private static final char SEPARATOR = '\u001f';

  /** The facts of an item. Folders change with what is below them, so only their own are kept. */
  public static ContentFacts of(DriveItem item) {
    boolean folder = item.kind() == ItemKind.FOLDER || item.kind() == ItemKind.ROOT;
    return new ContentFacts(
        folder ? -1 : item.size(),
        item.modified(),
        item.eTag(),
        folder ? null : item.cTag(),
        folder || item.hashes() == null ? Hashes.NONE : item.hashes());
  }

  /**
   * Whether both mean the same bytes. The first of these that both sides have decides: cTag; a hash
   * of the same kind, with the size; eTag. When nothing can be compared, the content counts as
   * changed: a needless download is found to be known by the repository.
   */
  public boolean sameContent(ContentFacts other) {
    if (cTag != null && other.cTag != null) {
      return cTag.equals(other.cTag);
    }
    Boolean byHash = sameHashes(other.hashes);
    if (byHash != null) {
      return byHash && (size == other.size || size < 0 || other.size < 0);
    }
    return eTag != null && eTag.equals(other.eTag);
  }

  /** Whether there is a hash. */
  boolean isHashed() {
    return hashes.quickXor() != null || hashes.sha1() != null || hashes.sha256() != null;
  }

  /** Whether newer facts agree with these; they may know more, as listings know more than feeds. */
  boolean saysNoOtherThan(ContentFacts newer) {
    return (size < 0 || size == newer.size)
        && agree(modified, newer.modified)
        && agree(eTag, newer.eTag)
        && agree(cTag, newer.cTag)
        && agree(hashes.quickXor(), newer.hashes.quickXor())
        && agree(hashes.sha1(), newer.hashes.sha1())
        && agree(hashes.sha256(), newer.hashes.sha256());
  }

  /** The newer facts of the same content, with what only the older knew. */
  public ContentFacts mergedWith(ContentFacts newer) {
    return new ContentFacts(
        newer.size >= 0 ? newer.size : size,
        newer.modified != null ? newer.modified : modified,
        newer.eTag != null ? newer.eTag : eTag,
        newer.cTag != null ? newer.cTag : cTag,
        new Hashes(
            or(newer.hashes.quickXor(), hashes.quickXor()),
            or(newer.hashes.sha1(), hashes.sha1()),
            or(newer.hashes.sha256(), hashes.sha256())));
  }

  /** The same facts with this time where they have none. */
  ContentFacts or(Instant time) {
    return modified != null ? this : new ContentFacts(size, time, eTag, cTag, hashes);
  }

  /** Null when no kind of hash is on both sides. */
  private Boolean sameHashes(Hashes other) {
    if (hashes.quickXor() != null && other.quickXor() != null) {
      return unpadded(hashes.quickXor()).equals(unpadded(other.quickXor()));
    }
    if (hashes.sha256() != null && other.sha256() != null) {
      return hashes.sha256().equals(other.sha256());
    }
    if (hashes.sha1() != null && other.sha1() != null) {
      return hashes.sha1().equals(other.sha1());
    }
    return null;
  }

  /** One text that {@link #decode} reads back. */
  String encode() {
    StringBuilder text = new StringBuilder(160);
    text.append(size).append(SEPARATOR).append(Times.encode(modified));
    append(text, eTag);
    append(text, cTag);
    append(text, hashes.quickXor());
    append(text, hashes.sha1());
    append(text, hashes.sha256());
    return text.toString();
  }

  /** The facts that {@link #encode} wrote; null for null. */
  static ContentFacts decode(String text) {
    if (text == null) {
      return null;
    }
    String[] fields = new String[7];
    int from = 0;
    for (int i = 0; i < fields.length; i++) {
      int to = text.indexOf(SEPARATOR, from);
      String field = text.substring(from, to < 0 ? text.length() : to);
      fields[i] = field.isEmpty() ? null : field;
      from = to < 0 ? text.length() : to + 1;
    }
    boolean hashed = fields[4] != null || fields[5] != null || fields[6] != null;
    return new ContentFacts(
        Long.parseLong(fields[0]),
        Times.decode(fields[1]),
        fields[2],
        fields[3],
        hashed ? new Hashes(fields[4], fields[5], fields[6]) : Hashes.NONE);
  }

  private static void append(StringBuilder text, String field) {
    text.append(SEPARATOR);
    if (field != null) {
      text.append(field.replace(SEPARATOR, ' '));
    }
  }

  private static boolean agree(Object known, Object newer) {
    return known == null || known.equals(newer);
  }

  private static String present(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String upper(String hex) {
    return hex == null ? null : hex.toUpperCase(Locale.ROOT);
  }

  private static String or(String first, String second) {
    return first != null ? first : second;
  }

  private static String unpadded(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    return base64.substring(0, end);
  }
}
