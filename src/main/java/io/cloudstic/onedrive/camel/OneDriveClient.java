package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.client.DriveWriter;

/**
 * What the endpoints work with; one in the registry is found by the component. Thread-safe.
 *
 * @param graph the calls
 * @param downloads the bytes
 * @param writer the calls that change a drive, or null for a client that only reads
 */
public record OneDriveClient(Graph graph, Downloads downloads, DriveWriter writer) {
  /** A client that only reads. */
  public OneDriveClient(Graph graph, Downloads downloads) {
    this(graph, downloads, null);
  }
}
