package io.cloudstic.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.UsageException;
import org.apache.camel.CamelContext;

/** Says where and why Camel refused the routes. */
final class RouteFailure {
  private RouteFailure() {}

  static CloudsticException of(Exception failure, CamelContext context) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CloudsticException ours) {
        return ours;
      }
    }
    StringBuilder s = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      s.append("\n  [").append(t.getClass().getName()).append("] ").append(t.getMessage());
    }
    return new UsageException(s.toString(), null, failure);
  }
}
