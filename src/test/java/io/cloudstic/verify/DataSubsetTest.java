package io.cloudstic.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.verify.DataSubset.Amount;
import io.cloudstic.verify.DataSubset.Bucket;
import io.cloudstic.verify.DataSubset.Pack;
import io.cloudstic.verify.DataSubset.Share;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A part of the data to be read")
class DataSubsetTest {
  private static final Id REPOSITORY = id(-1);
  private static final Instant NOON = Instant.parse("2024-02-03T12:00:00Z");

  @TempDir Path cache;

  private final List<Pack> packs = new ArrayList<>();

  DataSubsetTest() {
    for (int i = 0; i < 300; i++) {
      packs.add(new Pack(id(i), 10));
    }
  }

  private static Id id(int number) {
    return Id.hash(new byte[] {(byte) number, (byte) (number >> 8)});
  }

  private VerificationLog log() {
    return VerificationLog.open(cache.resolve("not/there/yet"), REPOSITORY);
  }

  private List<Id> choose(String subset, VerificationLog log) {
    return DataSubset.parse(subset).choose(new ArrayList<>(packs), log, new Random(3)).stream()
        .map(Pack::id)
        .toList();
  }

  @Test
  @DisplayName("is given as a part, a percentage or a size")
  void parse() {
    assertThat(DataSubset.parse("1/5")).isEqualTo(new Bucket(1, 5));
    assertThat(DataSubset.parse("256/256")).isEqualTo(new Bucket(256, 256));
    assertThat(DataSubset.parse("2.5%")).isEqualTo(new Share(0.025));
    assertThat(DataSubset.parse("100%")).isEqualTo(DataSubset.ALL);
    assertThat(DataSubset.parse("50M")).isEqualTo(new Amount(50 << 20));
    assertThat(DataSubset.parse("1.5g")).isEqualTo(new Amount(3L << 29));
    assertThat(DataSubset.parse("10GiB")).isEqualTo(new Amount(10L << 30));
    assertThat(DataSubset.parse("7")).isEqualTo(new Amount(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0/5", "6/5", "1/257", "1/0", "0%", "101%", "-1%", "0", "x", "1/2/3", "5 G", "NaN%"
      })
  @DisplayName("is refused when it means nothing")
  void refused(String text) {
    assertThatThrownBy(() -> DataSubset.parse(text)).isInstanceOf(UsageException.class);
  }

  @Test
  @DisplayName("n/t takes each pack once in t runs, by the first byte of its id as restic does")
  void buckets() {
    Set<Id> all = new HashSet<>();
    for (int n = 1; n <= 7; n++) {
      for (Id pack : choose(n + "/7", log())) {
        assertThat((pack.toBytes()[0] & 0xff) % 7).isEqualTo(n - 1);
        assertThat(all.add(pack)).isTrue();
      }
    }
    assertThat(all).hasSize(packs.size());
  }

  @Test
  @DisplayName("takes what was never verified, then what was verified longest ago, across runs")
  void oldestFirst() {
    Set<Id> seen = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      VerificationLog log = log();
      List<Id> chosen = choose("34%", log);
      assertThat(chosen).hasSize(102);
      Instant when = NOON.plusSeconds(run);
      chosen.forEach(pack -> log.verified(pack, when));
      seen.addAll(chosen);
      log.save(id -> true);
    }
    assertThat(seen).hasSize(packs.size());
    assertThat(log().ageOf(List.copyOf(seen)).oldest()).contains(NOON);
    assertThat(log().ageOf(List.of(id(0), REPOSITORY)).never()).isEqualTo(1);
    log().save(id -> true);
    VerificationLog log = log();
    assertThat(choose("1%", log)).allMatch(pack -> log.verifiedAt(pack).orElseThrow().equals(NOON));
    Id bad = id(17);
    log.damaged(bad);
    assertThat(choose("1", log)).containsExactly(bad);
    assertThat(choose("25", log)).hasSize(2);
  }

  @Test
  @DisplayName("does not depend on a log that was deleted or damaged")
  void damagedLog() throws Exception {
    VerificationLog log = log();
    packs.forEach(pack -> log.verified(pack.id(), NOON));
    log.save(id -> !id.equals(id(0)));
    assertThat(log().verifiedAt(id(0))).isEmpty();
    try (var files = Files.list(cache.resolve("not/there/yet"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 15));
      assertThat(log().ageOf(packs.stream().map(Pack::id).toList()).never()).isEqualTo(2);
      Files.writeString(file, "rubbish");
      assertThat(log().verifiedAt(id(1))).isEmpty();
      Files.delete(file);
      assertThat(log().verifiedAt(id(1))).isEmpty();
    }
  }
}
