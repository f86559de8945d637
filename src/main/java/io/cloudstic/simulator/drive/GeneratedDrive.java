package io.cloudstic.simulator.drive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fills a drive with generated files: nine to a folder, folders up to eight deep, names in several
 * scripts, sizes mostly of some kilobytes with a few of up to four megabytes, so that some files
 * have several chunks. A hundred thousand items weigh about 160 MB.
 */
public final class GeneratedDrive {
  private static final int FILES_PER_FOLDER = 9;
  private static final int DEEPEST = 8;
  private static final int LARGE_FILES = 16;
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final Instant OLDEST = Instant.parse("2012-03-04T05:06:07.891Z");
  private static final long YEARS_IN_SECONDS = 13L * 365 * 24 * 3600;

  private static final String[] WORDS = {
    "Budget", "Urlaub", "photo", "Møte", "отчёт", "写真", "naïve", "Plan #2", "100% done", "a+b",
    "it's", "Résumé", "Ελλάδα", "notes", "invoice", "draft", "übergabe", "scan", "Zoë", "📷 trip"
  };
  private static final String[] ENDINGS = {
    ".txt", ".docx", ".jpg", ".pdf", ".xlsx", ".csv", ".md", ".zip", ".mp4", ""
  };

  private final DriveModel drive;
  private final SplittableRandom random;

  private GeneratedDrive(DriveModel drive) {
    this.drive = drive;
    this.random = new SplittableRandom(drive.seed());
  }

  /** Adds so many files, and a ninth as many folders; the same for the same seed of the drive. */
  public static void fill(DriveModel drive, int files) {
    drive.changing(
        () -> {
          new GeneratedDrive(drive).fill(files);
          return null;
        });
  }

  private void fill(int files) {
    List<Item> folders = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    folders.add(drive.root());
    depths.add(0);
    for (int i = 0; i < files / FILES_PER_FOLDER; i++) {
      int in = random.nextInt(folders.size());
      if (depths.get(in) < DEEPEST) {
        folders.add(drive.createFolder(folders.get(in), word() + " " + (i + 1)));
        depths.add(depths.get(in) + 1);
      } else {
        i--;
      }
    }
    for (int i = 0; i < files; i++) {
      Item folder = folders.get(random.nextInt(folders.size()));
      String name = word() + " " + (i + 1) + ENDINGS[random.nextInt(ENDINGS.length)];
      Content content =
          new GeneratedContent(random.nextLong(), size(files), random.nextInt(2) == 0);
      Item file = drive.createFile(folder, name, content);
      Instant created = OLDEST.plusSeconds(random.nextLong(YEARS_IN_SECONDS));
      drive.setClientTimes(file, whole(created), whole(created.plusSeconds(random.nextInt(9999))));
    }
  }

  private long size(int files) {
    if (random.nextInt(files) < LARGE_FILES && files > LARGE_FILES) {
      return random.nextInt(LARGEST);
    }
    int magnitude = random.nextInt(14);
    return magnitude == 0 ? 0 : random.nextInt(1 << magnitude, 2 << magnitude);
  }

  private Instant whole(Instant time) {
    boolean business = drive.accountType() == AccountType.BUSINESS;
    return business ? time.truncatedTo(ChronoUnit.SECONDS) : time;
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }
}
