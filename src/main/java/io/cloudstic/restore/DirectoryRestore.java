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
    if (request.delete()) {
      Extras.refuseDangerous(target.root());
    }
    try (Parts parts = request.dryRun() ? Parts.none() : Parts.in(target.root())) {
      run(source, target, parts);
    }
  }

  private void run(Selected source, Target target, Parts parts) throws IOException {
    Extras extras =
        request.delete() && source.isDirectory()
            ? new Extras(request, target, parts, report, stop)
            : null;
    LocalNames names = target.localNames(parts);
    Metadata metadata = new Metadata(target.root(), report);
    HardLinks hardLinks = new HardLinks();
    FileRestorer files = new FileRestorer(content, metadata, parts, request, report, stop);
    SpecialFiles special = new SpecialFiles(target.root());
    LinkRestorer links = new LinkRestorer(request, report, files, metadata, special, parts);
    if (!request.dryRun()) {
      parts.takeOver(target.root());
    }
    try (Workers workers = new Workers("restore", request.threads())) {
      FileBatches batches = new FileBatches(index, content, files, workers, stop);
      source.walk(
          new FilesPass(request, report, stop, target, parts, names, hardLinks, batches, extras));
      batches.flush();
    }
    source.walk(
        new LinksPass(
            request, report, stop, target, parts, names, hardLinks, links, metadata, extras));
    if (!request.dryRun()) {
      parts.removeFrom(target.root());
    }
  }
}
