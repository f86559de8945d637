package io.cloudstic.retention;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;

/**
 * What a rule counts. Two snapshots are of the same interval when they have the same number; the
 * number follows from the snapshot's own local time, whatever zone it was taken in, as in restic.
 */
public enum Interval {
  /** Every snapshot is an interval of its own. */
  LAST("last") {
    @Override
    int number(OffsetDateTime time, int position) {
      return position;
    }
  },
  /** An hour of a day. */
  HOURLY("hourly") {
    @Override
    int number(OffsetDateTime time, int position) {
      return DAILY.number(time, position) * 100 + time.getHour();
    }
  },
  /** A day. */
  DAILY("daily") {
    @Override
    int number(OffsetDateTime time, int position) {
      return MONTHLY.number(time, position) * 100 + time.getDayOfMonth();
    }
  },
  /** A week by ISO 8601, whose year begins with the week of the first Thursday. */
  WEEKLY("weekly") {
    @Override
    int number(OffsetDateTime time, int position) {
      return time.get(IsoFields.WEEK_BASED_YEAR) * 100
          + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
  },
  /** A month. */
  MONTHLY("monthly") {
    @Override
    int number(OffsetDateTime time, int position) {
      return time.getYear() * 100 + time.getMonthValue();
    }
  },
  /** A year. */
  YEARLY("yearly") {
    @Override
    int number(OffsetDateTime time, int position) {
      return time.getYear();
    }
  };

  private final String word;

  Interval(String word) {
    this.word = word;
  }

  /** The interval as options and reasons name it. */
  public String word() {
    return word;
  }

  /**
   * The number of the interval that a snapshot belongs to.
   *
   * @param position of the snapshot in its group, the newest is 0
   */
  abstract int number(OffsetDateTime time, int position);
}
