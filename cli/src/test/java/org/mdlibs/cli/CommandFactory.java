package org.mdlibs.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands for the generator of the manual pages, which knows nothing of sessions. */
public final class CommandFactory implements IFactory {
  /** For the generator. */
  public CommandFactory() {}

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (!Command.class.isAssignableFrom(type)) {
      return CommandLine.defaultFactory().create(type);
    }
    Constructor<K> constructor = type.getDeclaredConstructor(Session.class);
    return constructor.newInstance(Session.ofProcess());
  }
}
