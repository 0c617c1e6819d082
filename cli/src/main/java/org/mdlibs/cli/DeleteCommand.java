package org.mdlibs.cli;

import picocli.CommandLine.Option;

/** Deletes a version for good. */
@picocli.CommandLine.Command(
    name = "delete",
    description = "Delete a version for good; its number is never given out again. Asks first.",
    footerHeading = "%nExamples:%n",
    footer = {"  mdlibs delete @ann/notes@1.2.0", "  mdlibs delete @ann/notes@1.2.0 --yes"})
final class DeleteCommand extends VersionCommand {
  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  DeleteCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Target target = target();
    Settings settings = settings();
    RegistryApi api = api(settings, target);
    if (!yes) {
      terminal.confirm("Delete " + target + " at " + api.registry() + " for good?");
    }
    api.delete(target.library(), target.version());
    tell(target, "Deleted " + terminal.bold(target.toString()), "deleted", true);
    return ExitCode.DONE;
  }
}
