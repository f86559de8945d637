package io.cloudstic.simulator.drive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Content in a file on disk, opened when it is read. When the file changes under our hands, readers
 * get what is there: so does a client of the real service.
 *
 * @param file where the bytes are
 * @param size the length when the directory was last looked at
 */
public record FileContent(Path file, long size) implements Content {
  @Override
  public InputStream open(long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    try {
      channel.position(offset);
      return Channels.newInputStream(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
