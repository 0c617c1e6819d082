package org.mdlibs.cli;

/** Takes a yank back. */
@picocli.CommandLine.Command(
    name = "unyank",
    description = "Take a yank back: 'latest' and ranges see the version again.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs unyank @ann/notes@1.2.0")
final class UnyankCommand extends VersionCommand {
  UnyankCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Target target = target();
    api(settings(), target).yank(target.library(), target.version(), false);
    tell(target, "Unyanked " + terminal.bold(target.toString()), "yanked", false);
    return ExitCode.DONE;
  }
}
