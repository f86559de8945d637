package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.ItemException.Reason;
import java.util.Optional;

/** What it means for a file when a storage host does not give its content out. Stateless. */
final class Refusal {
  private Refusal() {}

  /** The reason that no other URL will change, if it is such a one. */
  static Optional<ItemException> lasting(Reply answer, GraphError error) {
    boolean infected =
        answer.header("X-Virus-Infected").isPresent() || error.code().equals("malwaredetected");
    return infected ? Optional.of(malware()) : Optional.empty();
  }

  /** The reason, when all that could be tried was tried. */
  static ItemException of(Reply answer, GraphError error) {
    int status = answer.status();
    if (status == 200) {
      return new ItemException(Reason.WEB_PAGE, "a web page comes instead of the content", null);
    }
    String says = error.code().isEmpty() ? "" : " (" + error.code() + ")";
    Reason reason = ItemException.reason(status, error.code());
    return new ItemException(
        // Graph knows the item still, or it would not have given another URL.
        reason == Reason.GONE ? Reason.REFUSED : reason,
        "the storage host answers with status " + status + says,
        null);
  }

  static ItemException malware() {
    return new ItemException(Reason.MALWARE, "Microsoft takes the file for infected", null);
  }

  /** The storage or the way to it failed, though it refused nothing. */
  static ItemException trouble(String why) {
    return new ItemException(
        Reason.SERVER, "no end of trouble with the content (" + why + ")", null);
  }
}
