/**
 * What a run is given from outside: time, sleep and the wish to stop.
 *
 * <p>Nothing else in the program calls {@code Instant.now()} or {@code Thread.sleep}: the time is a
 * {@link java.time.Clock}, waiting is a {@link io.cloudstic.run.Sleeper}, and whoever waits or
 * loops asks the {@link io.cloudstic.run.Stop}.
 */
package io.cloudstic.run;
