package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;

/** Makes pre-authenticated URLs on the storage host. Thread-safe. */
@FunctionalInterface
public interface DownloadUrls {
  /** A fresh URL for the content of a file. */
  String of(DriveModel drive, Item file);
}
