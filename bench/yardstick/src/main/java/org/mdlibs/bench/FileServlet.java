package org.mdlibs.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Sends a file of the folder that the system property {@code yardstick.folder} names, as the
 * registry sends an archive, but asks nobody who the caller is, where the file lies and whether it
 * may be had, and counts nothing.
 */
@WebServlet("/file/*")
public class FileServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String FOLDER = System.getProperty("yardstick.folder", ".");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Path file = Path.of(FOLDER, request.getPathInfo().substring(1));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      response.setContentType("application/gzip");
      response.setContentLengthLong(size);
      OutputStream out = response.getOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, BUFFER_BYTES));
      for (int read = channel.read(buffer); read > 0; read = channel.read(buffer)) {
        out.write(buffer.array(), 0, read);
        buffer.clear();
      }
    }
  }
}
