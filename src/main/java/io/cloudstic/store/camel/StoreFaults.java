package io.cloudstic.store.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.StoreDeniedException;
import io.cloudstic.store.StoreException;
import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what a fault of a store route means, once the route has stopped trying. */
public final class StoreFaults {
  private StoreFaults() {}

  /**
   * The failure that a store's contract names for this fault.
   *
   * @param operation the last part of the route's name
   * @param key the object's key, or the prefix of a listing
   */
  static RuntimeException translate(String operation, String key, Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      RuntimeException known = known(operation, key, t);
      if (known != null) {
        return known;
      }
    }
    String said =
        fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    return new StoreException(what(operation, key) + ": " + said, null, fault);
  }

  /** Whether the route has made more than one try, so that an earlier one may have had effect. */
  static boolean wasTriedAgain(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) > 0;
  }

  /** The beginning of a message: what could not be done. */
  static String what(String operation, String key) {
    String verb =
        switch (operation) {
          case "put", "create" -> "write";
          case "get", "range" -> "read";
          case "size" -> "look at";
          default -> operation;
        };
    return "the store cannot " + verb + " " + (key.isEmpty() ? "its objects" : key);
  }

  private static RuntimeException known(String operation, String key, Throwable t) {
    if (t instanceof CloudsticException ours) {
      return ours;
    }
    if (t instanceof SdkException answer && !(t instanceof AbortedException)) {
      return S3Faults.translate(operation, key, answer);
    }
    if (t instanceof NoSuchFileException || t instanceof FileNotFoundException) {
      return new ObjectNotFoundException(key, t);
    }
    if (t instanceof FileAlreadyExistsException) {
      return new ObjectExistsException(key, t);
    }
    if (t instanceof HttpOperationFailedException answer) {
      return ofStatus(operation, key, answer);
    }
    if (t instanceof DirectConsumerNotAvailableException) {
      return new StoreException(
          what(operation, key) + ": no route begins at the store's endpoint",
          "see docs/routes.md for the routes of a store",
          t);
    }
    if (t instanceof AbortedException || t instanceof InterruptedException) {
      // The context is being stopped; nothing else interrupts a store call.
      return new StoppedException();
    }
    return null;
  }

  private static RuntimeException ofStatus(
      String operation, String key, HttpOperationFailedException answer) {
    return switch (answer.getStatusCode()) {
      case 404, 410 -> new ObjectNotFoundException(key, answer);
      case 412 -> new ObjectExistsException(key, answer);
      case 401, 403 ->
          new StoreDeniedException(
              what(operation, key) + ": the service answered " + answer.getStatusCode(),
              null,
              answer);
      // The exception's own message has the URI, which may hold a signature.
      default ->
          new StoreException(
              what(operation, key) + ": the service answered " + answer.getStatusCode(),
              null,
              answer);
    };
  }
}
