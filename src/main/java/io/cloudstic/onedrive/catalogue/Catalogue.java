package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.restic.Id;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The catalogue of one drive and scope, for one repository. Everything changed counts only after
 * {@link #commit}; {@link #close} without it takes all back, except what was {@link #fetched}.
 * Thread-safe.
 */
public final class Catalogue implements AutoCloseable {
  private static final String ITEMS = "items.db";
  private static final String FETCHED = "fetched.db";
  private static final int BATCH = 500;

  /** Texts beside those of {@link CatalogueState}. */
  private static final String STATISTICS = "statistics";

  private static final String INDEX_FILES = "indexFiles";

  private final DatabaseFile file;
  private final Database database;
  private final Database fetchedDatabase;
  private final Meta meta;
  private final Items items;
  private final Removals removals;
  private final Placement placement;
  private final ParentSnapshot parentSnapshot;
  private final Stage stage;
  private final Failures failures;
  private final Shortcuts shortcuts;
  private final Outcomes outcomes;
  private final Fetched fetched;
  private final Predicate<Id> known;
  private CatalogueState state;
  private Statistics lastStatistics;
  private Set<String> indexFiles;
  private long absorbed;

  private Catalogue(DatabaseFile file, Predicate<Id> known) {
    this.file = file;
    this.known = known;
    List<String> tables = new ArrayList<>(ItemTable.TABLES);
    tables.add(Failures.TABLE);
    tables.add(Shortcuts.TABLE);
    tables.add(Meta.TABLE);
    this.database = file.open(ITEMS, tables);
    this.fetchedDatabase = file.open(FETCHED, Fetched.TABLES);
    this.meta = new Meta(database);
    this.stage = new Stage(database);
    this.outcomes = new Outcomes(database);
    this.items = new Items(database);
    this.removals = new Removals(database);
    this.placement = new Placement(database);
    this.parentSnapshot = new ParentSnapshot(database);
    this.failures = new Failures(database);
    this.shortcuts = new Shortcuts(database);
    this.fetched = new Fetched(fetchedDatabase, known);
    database.transactional();
    failures.begin();
    Map<String, String> texts = meta.read();
    this.state = CatalogueState.decode(texts);
    this.lastStatistics = Statistics.decode(texts.get(STATISTICS));
    this.indexFiles = indexFiles(texts.get(INDEX_FILES));
  }

  /**
   * Opens the catalogue, or makes an empty one where there is none, it is damaged, or another
   * process has it.
   *
   * @param cacheFolder where the files are kept; null for none that outlives {@link #close}
   * @param repositoryId of the repository's config
   * @param ids the drive
   * @param scope the folder that is backed up
   * @param known whether the repository has a data blob
   * @throws CatalogueException when the folder cannot be written to
   */
  public static Catalogue open(
      Path cacheFolder, String repositoryId, DriveIds ids, String scope, Predicate<Id> known) {
    byte[] identity =
        String.join("\0", repositoryId, ids.drive(), scope).getBytes(StandardCharsets.UTF_8);
    String name = "catalogue-" + Id.hash(identity).hex().substring(0, 24);
    DatabaseFile file = DatabaseFile.of(cacheFolder, name);
    try {
      return new Catalogue(file, known);
    } catch (CatalogueException e) {
      file.close();
      throw e;
    }
  }

  /** Whether nothing of this catalogue outlives its closing. */
  public boolean temporary() {
    return file.temporary();
  }

  /** Whether it tells the state of this snapshot. */
  public boolean belongsTo(Id snapshot) {
    return snapshot != null && snapshot.hex().equals(state.snapshot());
  }

  /** Forgets all items, for a first backup or a rebuild. */
  public void clear() {
    items.clear();
    failures.clear();
    shortcuts.clear();
    state = CatalogueState.EMPTY;
    lastStatistics = Statistics.NONE;
    indexFiles = Set.of();
  }

  /**
   * Keeps the content of every file as if an earlier run had fetched it, before the catalogue is
   * filled with the state of another snapshot: the one that it belonged to may be forgotten, but
   * what the repository still has of it need not be downloaded again.
   */
  public void setContentAside() {
    for (CataloguedItem item : items.withAnyContent()) {
      StoredContent content = items.withContent(item).content();
      fetched.add(item.key(), content.facts(), content);
    }
    fetched.doubtAll();
  }

  /** What is known of the drive as a whole. */
  public CatalogueState state() {
    return state;
  }

  /** Changes what is known of the drive as a whole; counts from the commit on. */
  public void setState(CatalogueState state) {
    this.state = state;
  }

  /**
   * Whether all index files that there were when the snapshot was made are among these. Then
   * nothing has left the repository's index: the snapshot's trees are in it, and {@link
   * #forgetMissingContent} would find nothing in a long search.
   */
  public boolean isIndexedBy(Set<String> present) {
    return !indexFiles.isEmpty() && present.containsAll(indexFiles);
  }

  /** Which index files there are; counts from the commit on. */
  public void setIndexFiles(Collection<String> names) {
    this.indexFiles = Set.copyOf(names);
  }

  private static Set<String> indexFiles(String names) {
    return names == null || names.isEmpty() ? Set.of() : Set.of(names.split(" "));
  }

  /** The numbers of the snapshot that the catalogue belongs to. */
  public Statistics lastStatistics() {
    return lastStatistics;
  }

  void setLastStatistics(Statistics statistics) {
    this.lastStatistics = statistics;
  }

  /** The live items. */
  public Items items() {
    return items;
  }

  /** How items leave. */
  public Removals removals() {
    return removals;
  }

  /** Which items have a place. */
  public Placement placement() {
    return placement;
  }

  /** Which items the parent snapshot has. */
  public ParentSnapshot parentSnapshot() {
    return parentSnapshot;
  }

  /** The entries of the feed that is being read. */
  public Stage stage() {
    return stage;
  }

  /** Where the shortcuts of the drive lead. */
  public Shortcuts shortcuts() {
    return shortcuts;
  }

  /** The ledger. */
  public Failures failures() {
    return failures;
  }

  /** The folders that a walk has yet to list; an empty stack. */
  public FolderStack folderStack() {
    FolderStack stack = new FolderStack(database);
    stack.clear();
    return stack;
  }

  /** What this run asked for in vain. */
  public Outcomes outcomes() {
    return outcomes;
  }

  /** What was fetched since the last commit. */
  public Fetched fetched() {
    return fetched;
  }

  /**
   * Gives the items what was fetched for them, in this run or in an interrupted one; their ledger
   * entries end. May be called again when more was fetched.
   *
   * @return how many files got content
   */
  public synchronized long absorbFetched(boolean fromTheBeginning) {
    if (fromTheBeginning) {
      absorbed = 0;
    }
    long stored = 0;
    for (List<Fetched.Fetch> batch = fetched.after(absorbed, BATCH);
        !batch.isEmpty();
        batch = fetched.after(absorbed, BATCH)) {
      for (Fetched.Fetch fetch : batch) {
        absorbed = fetch.seq();
        CataloguedItem item = items.get(fetch.key());
        if (item != null
            && item.lacksContent()
            && fetch.answers(item.facts())
            && fetched.usable(fetch)) {
          boolean asListed = fetch.asked().equals(fetch.content().facts());
          items.store(item, fetch.content(), asListed);
          failures.remove(item.key());
          stored++;
        }
      }
    }
    return stored;
  }

  /**
   * Forgets content of which the repository has not every blob, so that it is fetched again.
   *
   * @return how many files are concerned
   */
  public long forgetMissingContent() {
    long forgotten = 0;
    for (CataloguedItem item : items.withAnyContent()) {
      if (!items.withContent(item).content().blobs().stream().allMatch(known)) {
        items.forgetContent(item.key());
        forgotten++;
      }
    }
    return forgotten;
  }

  /** Makes all changes durable: the catalogue belongs to this snapshot from now on. */
  public void commit(Id snapshot, Statistics statistics) {
    Map<String, String> texts = state.withSnapshot(snapshot.hex()).encode();
    texts.put(STATISTICS, statistics.encode());
    texts.put(INDEX_FILES, String.join(" ", indexFiles));
    meta.write(texts);
    parentSnapshot.settle();
    shortcuts.tidy();
    database.commit();
    fetched.clear();
    state = CatalogueState.decode(texts);
  }

  @Override
  public void close() {
    boolean damaged = database.damaged();
    boolean fetchedDamaged = fetchedDatabase.damaged();
    try (file) {
      try (fetchedDatabase) {
        database.close();
      }
      if (damaged) {
        file.discard(ITEMS);
      }
      if (fetchedDamaged) {
        file.discard(FETCHED);
      }
    }
  }
}
