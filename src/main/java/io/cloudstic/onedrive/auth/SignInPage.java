package io.cloudstic.onedrive.auth;

/** What the browser shows after a sign-in: plain pages that load nothing from anywhere. */
final class SignInPage {
  private SignInPage() {}

  /** The answer has come. */
  static String received() {
    return page("Signed in", "You can close this page and return to the terminal.");
  }

  /** The answer has come, and it is no. */
  static String refused(String why) {
    return page("Not signed in", why + " — return to the terminal, which says what to do.");
  }

  /** Something has come that is no answer. */
  static String ignored(String why) {
    return page("Ignored", "This request was ignored: " + why + ".");
  }

  /** There is nothing here. */
  static String notFound() {
    return page("Nothing here", "This address only takes the answer of a sign-in.");
  }

  private static String page(String title, String text) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>cloudstic: %1$s</title></head>
        <body><h1>%1$s</h1><p>%2$s</p></body>
        </html>
        """
        .formatted(escape(title), escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
