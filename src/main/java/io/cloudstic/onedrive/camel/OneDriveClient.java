package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.client.Downloads;

/**
 * What the endpoints work with; one in the registry is found by the component. Thread-safe.
 *
 * @param graph the calls
 * @param downloads the bytes
 */
public record OneDriveClient(Graph graph, Downloads downloads) {}
