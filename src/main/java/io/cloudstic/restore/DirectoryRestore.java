package io.cloudstic.restore;

import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.io.IOException;

/**
 * Restores into a directory, in two passes: first directories and files, so that no link stands
 * anywhere while files are written; then the rest.
 */
final class DirectoryRestore {
  private final RestoreRequest request;
  private final BlobIndex index;
  private final ContentReader content;
  private final RestoreReport report;
  private final Stop stop;

  DirectoryRestore(
      RestoreRequest request,
      BlobIndex index,
      ContentReader content,
      RestoreReport report,
      Stop stop) {
    this.request = request;
    this.index = index;
    this.content = content;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Runs all passes.
   *
   * @throws IOException when the target itself cannot be used
   */
  void run(Selected source) throws IOException {
    Target target =
        request.dryRun() ? Target.imagined(request.target()) : Target.open(request.target());
    Extras extras =
        request.delete() && source.isDirectory() ? new Extras(request, target, report, stop) : null;
    if (request.delete()) {
      Extras.refuseDangerous(target.root());
    }
    LocalNames names = target.localNames(request.dryRun());
    Metadata metadata = new Metadata(target.root(), report);
    HardLinks hardLinks = new HardLinks();
    FileRestorer files = new FileRestorer(content, metadata, request, report, stop);
    SpecialFiles special = new SpecialFiles(target.root());
    LinkRestorer links = new LinkRestorer(request, report, files, metadata, special);
    try (Workers workers = new Workers("restore", request.threads())) {
      FileBatches batches = new FileBatches(index, content, files, workers, stop);
      source.walk(new FilesPass(request, report, stop, target, names, hardLinks, batches, extras));
      batches.flush();
    }
    source.walk(
        new LinksPass(request, report, stop, target, names, hardLinks, links, metadata, extras));
    if (!request.dryRun()) {
      Target.removeParts(target.root());
    }
  }
}
