package io.cloudstic.onedrive.client;

import java.util.Optional;

/**
 * Upload sessions that were begun and not finished, so that another run can go on with them. Their
 * URLs are secrets: whoever has one can write to the file. Thread-safe; nothing is thrown, for a
 * session that is lost is begun anew.
 */
public interface UploadSessions {
  /** Keeps nothing: what is interrupted is taken back. */
  UploadSessions NONE =
      new UploadSessions() {
        @Override
        public Optional<String> find(String upload) {
          return Optional.empty();
        }

        @Override
        public boolean keep(String upload, String url) {
          return false;
        }

        @Override
        public void forget(String upload) {}
      };

  /**
   * The URL of the session of an upload.
   *
   * @param upload which content goes where, as a word of hexadecimal digits
   */
  Optional<String> find(String upload);

  /** Keeps a session; says whether it will be found again. */
  boolean keep(String upload, String url);

  /** Forgets a session, if there is one. */
  void forget(String upload);
}
