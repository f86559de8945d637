package io.cloudstic.onedrive;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;

/**
 * One item cannot be read: a source problem, which goes to the ledger while the run goes on. Never
 * holds a download URL.
 */
public class ItemException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why, for programs and for people. */
  public ItemException(Reason reason, String message, Throwable cause) {
    super(ExitCode.INCOMPLETE, message, reason.advice, cause);
    this.reason = reason;
  }

  /**
   * What a failed Graph call about one item means for this item.
   *
   * @throws GraphException the failure itself, when it is not about the item
   */
  public static ItemException of(GraphException failure) {
    if (failure.status() == 401) {
      throw failure;
    }
    Reason reason = reason(failure.status(), failure.code());
    return new ItemException(reason, failure.getMessage(), failure);
  }

  /**
   * What an answer means for one item.
   *
   * @param status the HTTP status, or 0 when there was no answer
   * @param code the error code, lower case, or the empty string
   */
  public static Reason reason(int status, String code) {
    return switch (code) {
      case "malwaredetected" -> Reason.MALWARE;
      case "invalidresourceid" -> Reason.VAULT;
      case "quotalimitreached" -> Reason.QUOTA;
      case "resourcelocked" -> Reason.LOCKED;
      default -> reason(status);
    };
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 403 -> Reason.ACCESS_DENIED;
      case 404, 410 -> Reason.GONE;
      case 423 -> Reason.LOCKED;
      case 507 -> Reason.QUOTA;
      // Busy, not refused: these have had their tries.
      case 408, 429, 509 -> Reason.SERVER;
      default -> status >= 400 && status < 500 ? Reason.REFUSED : Reason.SERVER;
    };
  }

  /** Why the item cannot be read. */
  public final Reason reason() {
    return reason;
  }

  /** Why an item cannot be read. */
  public enum Reason {
    /** Deleted since it was listed: not an error, the next feed says so. */
    GONE("gone", false, null),
    /** Microsoft takes it for infected and does not hand it out. */
    MALWARE("malware", true, "Microsoft refuses to hand out files that it takes for infected"),
    /** Viewing only, or a policy against downloads. */
    ACCESS_DENIED("access-denied", false, "ask the owner for the right to download it"),
    /** Locked by an administrator, or by somebody who writes it. */
    LOCKED("locked", false, "the next run tries it first"),
    /** The owner's quota is used up, or the account is frozen for it. */
    QUOTA("quota", false, "free some space in the drive; the next run tries it first"),
    /** Inside a locked Personal Vault, which no program can open. */
    VAULT(
        "vault", true, "files in the Personal Vault can only be had through Microsoft's own apps"),
    /** Refused for a reason that Microsoft does not give. */
    REFUSED("refused", false, "the next run tries it first"),
    /** A web page came instead of the content. */
    WEB_PAGE("web-page", false, "open the file in a browser once to see what Microsoft says of it"),
    /** Changed whenever we read it. */
    CHANGING("changing", false, "the next run tries it first"),
    /** Other bytes each time, though nothing has changed. */
    UNSTABLE("unstable", false, "the next run tries it first"),
    /** The service or the network failed for as long as we tried. */
    SERVER("server", false, "the next run tries it first");

    private final String word;
    private final boolean permanent;
    private final String advice;

    Reason(String word, boolean permanent, String advice) {
      this.word = word;
      this.permanent = permanent;
      this.advice = advice;
    }

    /** For ledgers and JSON; never changes. */
    public String word() {
      return word;
    }

    /** Whether trying again soon is useless. */
    public boolean isPermanent() {
      return permanent;
    }
  }
}
