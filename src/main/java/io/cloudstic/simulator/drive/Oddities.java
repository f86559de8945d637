package io.cloudstic.simulator.drive;

/**
 * What a drive does by itself, and no user asked for: items with odd traits, content that is not
 * what the metadata speaks of, feeds that tell less or other than what happened. Thread-safe, as
 * the drive is.
 */
public final class Oddities {
  private final DriveModel drive;
  private final Hierarchy items;
  private final Identifiers ids;

  Oddities(DriveModel drive, Hierarchy items, Identifiers ids) {
    this.drive = drive;
    this.items = items;
    this.ids = ids;
  }

  /** Makes the item odd in these ways. */
  public Item mark(Item item, Trait... traits) {
    return drive.changing(
        () -> {
          for (Trait trait : traits) {
            item.traits |= trait.bit();
            if (trait == Trait.VAULT) {
              item.extras().specialFolder = "vault";
            }
          }
          items.touched(item);
          return item;
        });
  }

  /** Ends an oddity. */
  public void unmark(Item item, Trait trait) {
    drive.change(
        () -> {
          item.traits &= ~trait.bit();
          items.touched(item);
        });
  }

  /** From now on downloads give other bytes than the metadata speaks of (null: the same again). */
  public void serve(Item file, Content other) {
    drive.change(() -> file.extras().served = other);
  }

  /**
   * From now on feeds tell that the item is in another folder than it is.
   *
   * @param parentId of that folder, which need not exist; null for the truth again
   * @param everywhere whether it is also told to those who ask for the item alone
   */
  public void misplace(Item item, String parentId, boolean everywhere) {
    drive.change(
        () -> {
          item.extras().toldParent = parentId;
          item.extras.toldEverywhere = everywhere;
          items.touched(item);
        });
  }

  /** The feed forgets the item's last change. */
  public void hush(Item item) {
    drive.change(() -> items.log().remove(item));
  }

  /** Gives the root the id of migrated personal accounts; the drive id stays. */
  public void migrateRoot() {
    drive.change(
        () -> {
          items.reidentify(items.root(), ids.migratedRoot());
          items.touched(items.root());
        });
  }
}
