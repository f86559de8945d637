package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.Graph;
import io.cloudstic.run.Sleeper;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What a scan works with.
 *
 * @param graph the calls
 * @param clock the time
 * @param sleeper the pauses
 * @param executor lists folders of a walk; {@code Runnable::run} lists one after another
 * @param limits the bounds
 */
public record ScanEnvironment(
    Graph graph, Clock clock, Sleeper sleeper, Executor executor, ScanLimits limits) {}
