package org.mdlibs.registry.library;

import jakarta.ejb.ApplicationException;

/** The archive of a version that is being added is not stored: nothing was added. */
@ApplicationException(rollback = true)
public class ArchiveGone extends RuntimeException {
  private static final long serialVersionUID = 1;

  ArchiveGone() {
    super("the archive is not stored", null, false, false);
  }
}
