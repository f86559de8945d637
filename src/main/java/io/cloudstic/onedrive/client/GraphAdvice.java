package io.cloudstic.onedrive.client;

/** What a user can do about a status that Graph answers with. Stateless. */
final class GraphAdvice {
  private GraphAdvice() {}

  /** The next step, or null where nothing can be said. */
  static String of(int status) {
    return switch (status) {
      case 401 -> "sign in again with: cloudstic auth login";
      case 403 -> "sign in with an account that may read this drive, or ask its administrator";
      case 404 -> "check the drive, the path and the account: cloudstic auth status";
      case 423 -> "the drive or item is locked; ask its administrator";
      case 408, 429, 500, 502, 503, 504, 509 ->
          "Microsoft's service is in trouble; run the same command later: it continues from here";
      default -> null;
    };
  }
}
