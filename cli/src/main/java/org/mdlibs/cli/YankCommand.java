package org.mdlibs.cli;

/** Lets {@code latest} and ranges pass over a version, which still installs by its number. */
@picocli.CommandLine.Command(
    name = "yank",
    description =
        "Let 'latest' and ranges pass over a version; by its exact number it still installs.",
    footerHeading = "%nExample:%n",
    footer = "  mdlibs yank @ann/notes@1.2.0")
final class YankCommand extends VersionCommand {
  YankCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    Target target = target();
    api(settings(), target).yank(target.library(), target.version(), true);
    tell(
        target,
        "Yanked " + terminal.bold(target.toString()) + "; take it back: mdlibs unyank " + target,
        "yanked",
        true);
    return ExitCode.DONE;
  }
}
