package io.cloudstic.onedrive;

import java.util.Locale;

/**
 * How ids of one drive are compared. Personal drives give one and the same drive id in upper and
 * lower case and without its leading zeros (onedrive-api-docs#1902, abraunegg/onedrive#3072), also
 * inside item ids; business ids are case-sensitive. Keys are for comparing and storing only: to the
 * server an id goes as it was received.
 */
public final class DriveIds {
  private static final int PERSONAL_LENGTH = 16;

  private final boolean personal;
  private final String drive;

  private DriveIds(boolean personal, String driveId) {
    this.personal = personal;
    this.drive = personal ? personalId(driveId) : driveId;
  }

  /** The ids of this drive. */
  public static DriveIds of(Drive drive) {
    return new DriveIds("personal".equalsIgnoreCase(drive.type()), drive.id());
  }

  /** The ids of a drive of which only the id is known: those of personal drives are short. */
  public static DriveIds ofId(String driveId) {
    boolean personal = driveId.length() <= PERSONAL_LENGTH && driveId.matches("[0-9A-Fa-f]+");
    return new DriveIds(personal, driveId);
  }

  /** The drive's own key. */
  public String drive() {
    return drive;
  }

  /** Whether this is a consumer account, whose feeds have another shape. */
  public boolean personal() {
    return personal;
  }

  /** Whether {@code driveId} means this drive; an absent one does. */
  public boolean isThisDrive(String driveId) {
    return driveId == null
        || driveId.isEmpty()
        || (personal ? personalId(driveId) : driveId).equals(drive);
  }

  /** The key of an item id; null for null. */
  public String key(String itemId) {
    if (!personal || itemId == null) {
      return itemId;
    }
    int mark = itemId.indexOf('!');
    return mark < 0 ? itemId : personalId(itemId.substring(0, mark)) + itemId.substring(mark);
  }

  private static String personalId(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    return lower.length() >= PERSONAL_LENGTH
        ? lower
        : "0".repeat(PERSONAL_LENGTH - lower.length()) + lower;
  }
}
