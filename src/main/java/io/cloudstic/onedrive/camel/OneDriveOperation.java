package io.cloudstic.onedrive.camel;

import java.util.function.Function;
import org.apache.camel.Producer;

/** What an endpoint does: the path of its URI. */
public enum OneDriveOperation {
  /** Answers with the files that a run has to fetch, as it was prepared in the property. */
  scan(ScanProducer::new),

  /** Answers with the items that have changed since a delta link, or with all items. */
  delta(DeltaProducer::new),

  /** Answers with the items in a folder. */
  children(ChildrenProducer::new),

  /** Answers with one item as it is now. */
  item(ItemProducer::new),

  /** Body: a file's item; answers with the stream of its content, checked at its end. */
  content(ContentProducer::new),

  /** Body: the bytes of a file, which are put into a folder of the drive; answers with its item. */
  upload(UploadProducer::new);

  private final Function<OneDriveEndpoint, Producer> maker;

  OneDriveOperation(Function<OneDriveEndpoint, Producer> maker) {
    this.maker = maker;
  }

  Producer producer(OneDriveEndpoint endpoint) {
    return maker.apply(endpoint);
  }
}
