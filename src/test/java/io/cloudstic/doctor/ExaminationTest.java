package io.cloudstic.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.doctor.Finding.Verdict;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An examination")
class ExaminationTest {
  private static Verdict of(StoreExamination examination, String name) {
    return examination.run().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  @Test
  @DisplayName("finds a store that overwrites, one that lists late, and one that cannot delete")
  void stores() {
    MemoryStore overwriting =
        new MemoryStore() {
          @Override
          public void create(String key, byte[] data) {
            put(key, data);
          }
        };
    assertThat(of(new StoreExamination(overwriting, new Random(1)), "store: conditional write"))
        .isEqualTo(Verdict.WARN);

    MemoryStore late =
        new MemoryStore() {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> sink) {}
        };
    assertThat(of(new StoreExamination(late, new Random(1)), "store: listing"))
        .isEqualTo(Verdict.FAIL);

    MemoryStore appendOnly =
        new MemoryStore() {
          @Override
          public void delete(String key) {
            throw new StoreException("403", null, null);
          }
        };
    assertThat(of(new StoreExamination(appendOnly, new Random(1)), "store: delete"))
        .isEqualTo(Verdict.WARN);

    MemoryStore readOnly =
        new MemoryStore() {
          @Override
          public void create(String key, byte[] data) {
            throw new StoreException("403", "ask for the right", null);
          }
        };
    assertThat(new StoreExamination(readOnly, new Random(1)).run())
        .singleElement()
        .isEqualTo(Finding.fail("store: write", "403", "ask for the right"));
  }

  @Test
  @DisplayName("takes a clock for good within a minute, and for useless beyond five")
  void clocks() {
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    ClockExamination clock = ClockExamination.withMicrosoft(Clock.fixed(now, ZoneOffset.UTC));
    assertThat(clock.judge(Optional.of(now.plusSeconds(59))).verdict()).isEqualTo(Verdict.PASS);
    Finding slow = clock.judge(Optional.of(now.plus(Duration.ofMinutes(3))));
    assertThat(slow.verdict()).isEqualTo(Verdict.WARN);
    assertThat(slow.message()).isEqualTo("is 180 s slow beside Microsoft's");
    assertThat(clock.judge(Optional.of(now.minus(Duration.ofHours(1)))).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(clock.judge(Optional.empty()).verdict()).isEqualTo(Verdict.WARN);
  }

  @Test
  @DisplayName("knows which restic reads what")
  void restic() {
    assertThat(ResticExamination.judge("restic 0.13.1 compiled with go1.18", 2, "v2").verdict())
        .isEqualTo(Verdict.WARN);
    assertThat(ResticExamination.judge("restic 0.13.1 compiled with go1.18", 1, "v1").verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(ResticExamination.judge("restic 0.14.0 compiled", 2, "v2").verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(ResticExamination.judge("restic 1.0.0", 2, "v2").verdict()).isEqualTo(Verdict.PASS);
    assertThat(ResticExamination.judge("command not found", 2, "v2").verdict())
        .isEqualTo(Verdict.WARN);
  }
}
