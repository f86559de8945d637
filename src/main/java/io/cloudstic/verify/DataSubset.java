package io.cloudstic.verify;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which packs a check reads whole. */
public sealed interface DataSubset {
  /** No pack is read. */
  DataSubset NONE = new Share(0);

  /** Every pack is read. */
  DataSubset ALL = new Share(1);

  /**
   * Those whose id begins with a byte that is {@code number - 1} modulo {@code total}, as restic
   * divides them: the same ones on every machine, all of them after {@code total} checks.
   *
   * @param number from 1 to {@code total}
   * @param total from 1 to 256
   */
  record Bucket(int number, int total) implements DataSubset {}

  /**
   * A share of the packs, those first that were verified longest ago, or never.
   *
   * @param of from 0 to 1
   */
  record Share(double of) implements DataSubset {}

  /**
   * So many bytes, of those packs first that were verified longest ago, or never; one pack at
   * least.
   *
   * @param bytes at least 1
   */
  record Amount(long bytes) implements DataSubset {}

  /** A pack of which it is known that it is in the store. */
  record Pack(Id id, long size) {}

  /**
   * What a user writes: {@code n/t}, {@code 2.5%} or {@code 10G}.
   *
   * @throws UsageException when it is none of these
   */
  static DataSubset parse(String text) {
    Matcher bucket = Pattern.compile("(\\d{1,3})/(\\d{1,3})").matcher(text);
    if (bucket.matches()) {
      int number = Integer.parseInt(bucket.group(1));
      int total = Integer.parseInt(bucket.group(2));
      if (number < 1 || total > 256 || number > total) {
        throw wrong(text, "n/t means the n-th of t parts: 1 <= n <= t <= 256");
      }
      return new Bucket(number, total);
    }
    Matcher share = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)%").matcher(text);
    if (share.matches()) {
      double percent = Double.parseDouble(share.group(1));
      if (percent <= 0 || percent > 100) {
        throw wrong(text, "a percentage is above 0 and at most 100");
      }
      return new Share(percent / 100);
    }
    Matcher amount =
        Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)([kmgt]?)(?:i?b)?")
            .matcher(text.toLowerCase(Locale.ROOT));
    if (amount.matches()) {
      long unit = Map.of("", 0, "k", 10, "m", 20, "g", 30, "t", 40).get(amount.group(2));
      BigDecimal bytes = new BigDecimal(amount.group(1)).multiply(BigDecimal.valueOf(1L << unit));
      if (bytes.compareTo(BigDecimal.ONE) >= 0
          && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
        return new Amount(bytes.longValue());
      }
    }
    throw wrong(text, "give a part such as 1/7, a percentage such as 5%, or a size such as 10G");
  }

  private static UsageException wrong(String text, String advice) {
    return new UsageException("-read-data-subset does not understand \"" + text + '"', advice);
  }

  /** Whether any pack may be meant. */
  default boolean any() {
    return !equals(NONE);
  }

  /**
   * The packs meant, in the order in which they are read: those first that were verified longest
   * ago, so that a run which is stopped has done what mattered most.
   *
   * @param packs of the repository; reordered
   * @param random decides among packs of which nothing is known
   */
  default List<Pack> choose(List<Pack> packs, VerificationLog log, Random random) {
    Collections.shuffle(packs, random);
    packs.sort(Comparator.comparingLong(pack -> log.secondsOf(pack.id())));
    if (this instanceof Bucket bucket) {
      return packs.stream()
          .filter(pack -> (pack.id().word(0) >>> 56) % bucket.total == bucket.number - 1)
          .toList();
    }
    if (this instanceof Share share) {
      double exact = packs.size() * share.of;
      // 34 of 100 are 34, whatever binary fractions make of it.
      return packs.subList(0, (int) Math.min(packs.size(), Math.ceil(exact - 1e-6)));
    }
    List<Pack> chosen = new ArrayList<>();
    long left = ((Amount) this).bytes;
    for (Pack pack : packs) {
      if (chosen.isEmpty() || pack.size() <= left) {
        chosen.add(pack);
        left -= pack.size();
      }
      if (left <= 0) {
        break;
      }
    }
    return chosen;
  }
}
