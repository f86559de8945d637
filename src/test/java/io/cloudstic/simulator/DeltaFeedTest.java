package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.run.ManualClock;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Tombstones;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.FeedShape;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A delta feed")
class DeltaFeedTest {
  private static final String START = "me/drive/root/delta?$top=40";

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("read with last-wins gives the drive, from the start and after any changes")
  void convergesToTheModel(int seed) throws IOException {
    AccountType type = seed % 2 == 0 ? AccountType.PERSONAL : AccountType.BUSINESS;
    SimulatorOptions options =
        SimulatorOptions.lifelike()
            .seed(seed)
            .accountType(type)
            .migrated(seed % 3 == 0)
            .files(60)
            .shape(seed % 5 == 0 ? FeedShape.LIFELIKE : FeedShape.HOSTILE)
            .limits(Limits.NONE);
    try (Simulator simulator = Simulator.start(options)) {
      FeedReader reader = new FeedReader(new Caller(simulator));
      Random random = new Random(seed);
      change(simulator.model(), random, 30);
      // Half of the time the drive changes while it is enumerated.
      if (seed % 4 < 2) {
        simulator
            .faults()
            .on("graph GET .*delta")
            .fromMatch(2)
            .times(3)
            .then(new Effect.Before(() -> change(simulator.model(), random, 5)));
      }
      reader.read(START);
      reader.readOn();
      assertThat(reader.tree()).isEqualTo(tree(simulator.model()));
      for (int round = 0; round < 4; round++) {
        change(simulator.model(), random, 20);
        reader.readOn();
        assertThat(reader.tree()).as("round %d", round).isEqualTo(tree(simulator.model()));
      }
    }
  }

  /** Some mutations of every kind that a feed tells completely. */
  private static void change(DriveModel drive, Random random, int count) {
    for (int i = 0; i < count; i++) {
      List<Item> items = new ArrayList<>(drive.live());
      items.remove(drive.root());
      Item item = items.get(random.nextInt(items.size()));
      List<Item> folders = drive.live().stream().filter(Item::isFolder).toList();
      Item folder = folders.get(random.nextInt(folders.size()));
      String name = "n" + random.nextInt(1_000_000);
      switch (random.nextInt(8)) {
        case 0 -> drive.createFile(folder, name, BytesContent.of(name));
        case 1 -> drive.createFolder(folder, name);
        case 2 -> drive.rename(item, name);
        case 3 -> {
          if (!folder.isWithin(item)) {
            drive.move(item, folder, name);
          }
        }
        case 4 -> {
          if (random.nextInt(3) == 0) {
            drive.delete(item);
          }
        }
        case 5 -> {
          if (!folder.isWithin(item) && !item.isFolder()) {
            drive.copy(item, folder, name, true);
          }
        }
        case 6 -> {
          if (item.isFile()) {
            drive.edit(item, BytesContent.of("edited " + name));
          }
        }
        default -> drive.touch(item);
      }
    }
  }

  private static Map<String, String> tree(DriveModel drive) {
    Map<String, String> tree = new TreeMap<>();
    drive.walk(
        (path, item) -> {
          boolean noHash = drive.accountType() == AccountType.BUSINESS && item.size() == 0;
          String hash = item.isFile() && !noHash ? item.hashes(drive.accountType()).quickXor() : "";
          tree.put(path, item.isFile() ? item.size() + " " + hash : "folder");
        });
    return tree;
  }

  @Test
  @DisplayName("repeats items, comes in no order, has empty and ragged pages, and brings the root")
  void isUnhelpful() throws IOException {
    SimulatorOptions options =
        SimulatorOptions.lifelike().files(500).shape(FeedShape.HOSTILE).limits(Limits.NONE);
    try (Simulator simulator = Simulator.start(options)) {
      Caller caller = new Caller(simulator);
      Set<Integer> sizes = new HashSet<>();
      Set<String> forms = new HashSet<>();
      List<String> ids = new ArrayList<>();
      Set<String> parentsSeenLater = new HashSet<>();
      int roots = 0;
      for (String link = "me/drive/root/delta?$top=50"; link != null; ) {
        JsonNode page = caller.json200(link);
        sizes.add(page.path("value").size());
        for (JsonNode item : page.path("value")) {
          if (!ids.contains(item.path("id").asText())) {
            String parent = item.at("/parentReference/id").asText();
            if (!ids.contains(parent)) {
              parentsSeenLater.add(parent);
            }
          }
          ids.add(item.path("id").asText());
          roots += item.has("root") ? 1 : 0;
        }
        link = page.path("@odata.nextLink").asText(null);
        if (link != null) {
          forms.add(link.contains("('") ? "function" : "query");
        }
      }
      assertThat(sizes).contains(0).anyMatch(n -> n > 50).anyMatch(n -> n > 0 && n < 50);
      assertThat(forms).containsExactlyInAnyOrder("function", "query");
      assertThat(new HashSet<>(ids)).hasSizeLessThan(ids.size());
      assertThat(parentsSeenLater).isNotEmpty();
      assertThat(roots).isPositive();
    }
  }

  @Test
  @DisplayName("without changes has one page, with the root at most, and costs one unit")
  void withoutChanges() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(50))) {
      FeedReader reader = new FeedReader(new Caller(simulator));
      reader.read(START);
      simulator.statistics().reset();
      int before = reader.entries();
      reader.readOn();
      assertThat(reader.entries() - before).isLessThanOrEqualTo(1);
      assertThat(simulator.statistics().calls("delta")).isLessThanOrEqualTo(2);
      assertThat(simulator.statistics().resourceUnits())
          .isEqualTo(simulator.statistics().calls("delta"));
    }
  }

  @Test
  @DisplayName("gives the same page again when the same link is followed again")
  void pagesAreRepeatable() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(300))) {
      Caller caller = new Caller(simulator);
      String link = caller.json200(START).path("@odata.nextLink").asText();
      assertThat(ids(caller.json200(link))).isEqualTo(ids(caller.json200(link)));
    }
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("value").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  @Test
  @DisplayName("tells of a renamed folder alone; business adds the folders above")
  void renamedFolder() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike())) {
      DriveModel drive = simulator.model();
      drive.put("/a/b/one.txt", "1");
      drive.put("/a/b/two.txt", "2");
      Caller caller = new Caller(simulator);
      FeedReader reader = new FeedReader(caller);
      reader.read(START);
      drive.rename(drive.at("/a/b"), "c");
      List<String> names = new ArrayList<>();
      caller
          .json200(reader.deltaLink())
          .path("value")
          .forEach(item -> names.add(item.path("name").asText()));
      assertThat(names).contains("root", "a", "c").doesNotContain("one.txt", "two.txt");
    }
  }

  @Test
  @DisplayName("shows tombstones in the shape of the account type")
  void tombstoneShapes() throws IOException {
    JsonNode business = tombstone(AccountType.BUSINESS);
    assertThat(business.at("/deleted/state").asText()).isEqualTo("deleted");
    assertThat(business.has("name")).isFalse();
    assertThat(business.has("eTag")).isFalse();
    assertThat(business.path("size").asInt(-1)).isZero();
    assertThat(business.path("fileSystemInfo")).isEmpty();
    JsonNode personal = tombstone(AccountType.PERSONAL);
    assertThat(personal.has("deleted")).isTrue();
    assertThat(personal.path("name").asText()).isEqualTo("gone.txt");
    assertThat(personal.has("size")).isFalse();
    assertThat(personal.has("cTag")).isFalse();
  }

  private static JsonNode tombstone(AccountType type) throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().accountType(type))) {
      Caller caller = new Caller(simulator);
      simulator.model().put("/gone.txt", "x");
      FeedReader reader = new FeedReader(caller);
      reader.read(START);
      simulator.model().delete(simulator.model().at("/gone.txt"));
      for (String link = reader.deltaLink(); link != null; ) {
        JsonNode page = caller.json200(link);
        for (JsonNode item : page.path("value")) {
          if (item.has("deleted")) {
            return item;
          }
        }
        link = page.path("@odata.nextLink").asText(null);
      }
      throw new AssertionError("no tombstone");
    }
  }

  @Test
  @DisplayName("can lose the tombstones of what was in a deleted folder")
  void lostTombstones() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike())) {
      DriveModel drive = simulator.model();
      drive.put("/dir/file.txt", "x");
      FeedReader reader = new FeedReader(new Caller(simulator));
      reader.read(START);
      drive.delete(drive.at("/dir"), Tombstones.TOP_ONLY);
      int before = reader.entries();
      reader.readOn();
      assertThat(reader.entries() - before).isLessThanOrEqualTo(3);
      assertThat(reader.tree()).isEmpty();
    }
  }

  @Test
  @DisplayName("can be silent about what is in a folder that was copied or came back from the bin")
  void missingChildren() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike())) {
      DriveModel drive = simulator.model();
      drive.put("/dir/file.txt", "x");
      drive.put("/old/note.txt", "y");
      Item old = drive.at("/old");
      drive.delete(old);
      Caller caller = new Caller(simulator);
      FeedReader reader = new FeedReader(caller);
      reader.read(START);
      drive.copy(drive.at("/dir"), drive.root(), "copy", false);
      drive.restore(old, false);
      reader.readOn();
      assertThat(reader.tree()).containsOnlyKeys("/copy", "/dir", "/dir/file.txt", "/old");
      assertThat(caller.get("me/drive/root:/copy:/children").body()).contains("file.txt");
      assertThat(caller.get("me/drive/root:/old:/children").body()).contains("note.txt");
      FeedReader anew = new FeedReader(caller);
      anew.read(START);
      assertThat(anew.tree()).isEqualTo(tree(drive)).containsKey("/copy/file.txt");
    }
  }

  @ParameterizedTest
  @EnumSource(AccountType.class)
  @DisplayName("leaves out what $select does not name, the deleted facet included")
  void selectRemovesFields(AccountType type) throws IOException {
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.lifelike().accountType(type).files(20))) {
      Caller caller = new Caller(simulator);
      JsonNode page = caller.json200("me/drive/root/delta?$select=id,name,content.downloadUrl");
      for (JsonNode item : page.path("value")) {
        assertThat(item.fieldNames())
            .toIterable()
            .isSubsetOf("@odata.type", "id", "name", "@microsoft.graph.downloadUrl");
      }
      assertThat(page.toString()).contains("@microsoft.graph.downloadUrl");
      assertThat(caller.json200("me/drive/root/delta?$select=id").toString())
          .doesNotContain("downloadUrl");
      assertThat(caller.json200("me/drive/root/delta").path("value").toString())
          .contains("createdBy")
          .contains("webUrl");
    }
  }

  @Test
  @DisplayName("bakes the options into its links")
  void optionsStay() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(60))) {
      Caller caller = new Caller(simulator);
      FeedReader reader = new FeedReader(caller);
      reader.read("me/drive/root/delta?$select=id,deleted&$top=10");
      simulator.model().put("/new.txt", "x");
      for (JsonNode item : caller.json200(reader.deltaLink()).path("value")) {
        assertThat(item.has("name")).isFalse();
      }
    }
  }

  @Test
  @DisplayName("after token=latest brings only what happens from then on")
  void tokenLatest() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(30))) {
      Caller caller = new Caller(simulator);
      JsonNode latest = caller.json200("me/drive/root/delta?token=latest");
      assertThat(latest.path("value")).isEmpty();
      simulator.model().put("/later.txt", "x");
      JsonNode page = caller.json200(latest.path("@odata.deltaLink").asText());
      assertThat(page.path("value").toString()).contains("later.txt");
      assertThat(page.path("value").size()).isLessThan(5);
    }
  }

  @Test
  @DisplayName("refuses expired links with 410 and mangled ones with 400")
  void deadLinks() throws IOException {
    ManualClock clock = new ManualClock();
    SimulatorOptions options =
        SimulatorOptions.lifelike().clock(clock).accessTokenLife(Duration.ofDays(400));
    try (Simulator simulator = Simulator.start(options)) {
      Caller caller = new Caller(simulator);
      FeedReader reader = new FeedReader(caller);
      reader.read(START);
      String link = reader.deltaLink();
      int at = link.indexOf("token=") + 30;
      String other = link.charAt(at) == 'A' ? "B" : "A";
      String mangled = link.substring(0, at) + other + link.substring(at + 1);
      assertThat(caller.get(mangled).statusCode()).isEqualTo(400);
      assertThat(caller.get("me/drive/root/delta?token=nonsense").statusCode()).isEqualTo(400);
      clock.advance(Duration.ofDays(31));
      assertThat(caller.get(link).statusCode()).isEqualTo(410);
      assertThat(caller.get(link).body()).contains("resync");
      reader.read(START);
      simulator.expireDeltaTokens();
      assertThat(caller.get(reader.deltaLink()).statusCode()).isEqualTo(410);
    }
  }

  @Test
  @DisplayName("of one drive is not continued with the token of another")
  void tokensBelongToDrives() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike())) {
      DriveModel other = simulator.addDrive(99, "Archive");
      Caller caller = new Caller(simulator);
      JsonNode latest = caller.json200("me/drive/root/delta?token=latest");
      String token =
          latest.path("@odata.deltaLink").asText().replaceAll(".*token='?([A-Za-z0-9_-]+).*", "$1");
      assertThat(caller.get("drives/" + other.driveId() + "/root/delta?token=" + token))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400));
    }
  }

  @Test
  @DisplayName("of a folder exists on personal drives only")
  void folderDelta() throws IOException {
    for (AccountType type : AccountType.values()) {
      try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().accountType(type))) {
        DriveModel drive = simulator.model();
        drive.put("/in/a.txt", "x");
        drive.put("/out/b.txt", "x");
        Caller caller = new Caller(simulator);
        var answer = caller.get("me/drive/root:/in:/delta");
        assertThat(answer.statusCode()).isEqualTo(type == AccountType.PERSONAL ? 200 : 501);
        assertThat(answer.body()).doesNotContain("b.txt");
      }
    }
  }

  @Test
  @DisplayName("hides what is in the vault and marks notebooks as packages")
  void specialItems() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike())) {
      DriveModel drive = simulator.model();
      drive.put("/Vault/secret.txt", "x");
      drive.oddities().mark(drive.at("/Vault"), Trait.VAULT);
      drive.createNotebook(drive.root(), "Notes");
      drive.createShortcut(drive.root(), "Shared", "b!else", "01ELSE");
      String feed = new Caller(simulator).get("me/drive/root/delta").body();
      assertThat(feed).contains("Vault", "oneNote", "Section.one", "remoteItem", "b!else");
      assertThat(feed).doesNotContain("secret.txt");
    }
  }

  @Test
  @DisplayName("of migrated personal accounts shows shortcuts to those who ask for them")
  void hiddenShortcuts() throws IOException {
    SimulatorOptions options =
        SimulatorOptions.lifelike().accountType(AccountType.PERSONAL).migrated(true);
    try (Simulator simulator = Simulator.start(options)) {
      simulator.model().createShortcut(simulator.model().root(), "Shared", "0abc", "0ABC!1");
      Caller caller = new Caller(simulator);
      String prefer = "Include-Feature=AddToOneDrive";
      for (String call : List.of("me/drive/root/delta", "me/drive/root/children")) {
        assertThat(caller.get(call).body()).doesNotContain("remoteItem");
        assertThat(caller.get(call, "Prefer", prefer).body()).contains("remoteItem");
      }
    }
  }

  @Test
  @DisplayName("misbehaves as the fault plan says")
  void pageFaults() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().files(300))) {
      Caller caller = new Caller(simulator);
      String link = caller.json200(START).path("@odata.nextLink").asText();
      simulator
          .faults()
          .on("graph GET .*delta.*token")
          .once()
          .then(new Effect.Page(Effect.PageFault.NO_LINK));
      JsonNode cut = caller.json200(link);
      assertThat(cut.has("@odata.nextLink") || cut.has("@odata.deltaLink")).isFalse();
      simulator
          .faults()
          .on("graph GET .*delta.*token")
          .once()
          .then(new Effect.Gone("resyncUploadDifferences", Effect.Location.FRESH));
      var gone = caller.get(link);
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(gone.body()).contains("resyncUploadDifferences");
      String fresh = gone.headers().firstValue("Location").orElseThrow();
      assertThat(caller.json200(fresh).path("value").size()).isGreaterThan(10);
      assertThat(simulator.faults().unreached()).isEmpty();
    }
  }
}
