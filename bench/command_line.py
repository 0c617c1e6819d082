"""The command line beside npm: its start, a search, and the installation of a hundred small libraries."""

import base64
import hashlib
import io
import json
import os
import shutil
import statistics
import subprocess
import tarfile
import time

from archives import archive
from servers import ROOT, WORK, Registry, Verdaccio, fail, prepared

LIBRARIES = 100


def bench(options):
    """Prints the medians in milliseconds."""
    launcher = ROOT / "cli/target/mdlibs"
    if not launcher.exists():
        fail("build first: ./mvnw -f all.xml package -DskipTests")
    place = WORK / "command-line"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    registry = Registry("registry-cli", prepared("cli-layout"))
    registry.start()
    servers = [registry]
    try:
        registry.login()
        for i in range(LIBRARIES):
            fields = {"name": name(i), "version": "1.0.0", "description": "A benchmark"}
            registry.publish(archive(10_000), fields)
        rows = mdlibs(launcher, registry, place / "mdlibs", options.rounds)
        if options.verdaccio:
            verdaccio = Verdaccio()
            verdaccio.start()
            servers.append(verdaccio)
            verdaccio.login()
            for i in range(LIBRARIES):
                publish(verdaccio, name(i))
            rivals = npm(verdaccio, place / "npm", options.rounds)
        else:
            rivals = {}
    finally:
        for server in servers:
            server.stop()
    print(f"\n## The command line (milliseconds, medians of {options.rounds * 5})\n")
    print("| command | mdlibs | npm | mdlibs ÷ npm |\n| --- | --- | --- | --- |")
    for case, millis in rows.items():
        rival = rivals.get(case)
        told = f"{rival:.0f} | {millis / rival:.2f}" if rival else " | "
        print(f"| {case} | {millis:.0f} | {told} |")


def name(i):
    return f"small-{i}"


def median(rounds, command, env, folder, before=None):
    """Milliseconds of a command that must succeed; what prepares it is not counted."""
    times = []
    for i in range(rounds * 5 + 1):
        if before:
            before()
        begin = time.monotonic()
        done = subprocess.run([str(c) for c in command], env=env, cwd=folder, capture_output=True, text=True)
        # The first one warms the disk's cache.
        if i > 0:
            times.append((time.monotonic() - begin) * 1000)
        if done.returncode:
            raise SystemExit(f"bench/run: {command}: {done.returncode} {done.stdout} {done.stderr}")
    return statistics.median(times)


def cleared(folder, *names):
    def clear():
        for name in names:
            path = folder / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    return clear


def mdlibs(launcher, registry, folder, rounds):
    folder.mkdir(parents=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith("MDLIBS_")} | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "MDLIBS_REGISTRY_URL": f"http://127.0.0.1:{registry.port}",
    }
    wanted = "\n".join(f'"@admin/{name(i)}" = "^1.0.0"' for i in range(LIBRARIES))
    (folder / ".mdlibs.toml").write_text(f"[dependencies]\n{wanted}\n")

    def timed(*arguments, before=None):
        return median(rounds, [launcher, *arguments], env, folder, before)

    everything = cleared(folder, "libraries", "mdlibs.lock", "cache")
    return {
        "--version": timed("--version"),
        "--help": timed("--help"),
        "search": timed("search", "small"),
        f"install {LIBRARIES}, nothing here yet": timed("install", before=everything),
        f"install {LIBRARIES}, locked and cached": timed("install", before=cleared(folder, "libraries")),
        f"install {LIBRARIES}, all there": timed("install"),
    }


def npm(verdaccio, folder, rounds):
    folder.mkdir(parents=True)
    env = dict(os.environ) | {"HOME": str(folder), "npm_config_registry": f"http://127.0.0.1:{verdaccio.port}/"}
    env |= {"npm_config_cache": str(folder / "cache"), "npm_config_update_notifier": "false"}
    package = {"private": True, "dependencies": {name(i): "^1.0.0" for i in range(LIBRARIES)}}
    (folder / "package.json").write_text(json.dumps(package))
    quiet = ["--no-audit", "--no-fund"]

    def timed(*arguments, before=None):
        return median(rounds, ["npm", *arguments], env, folder, before)

    everything = cleared(folder, "node_modules", "package-lock.json", "cache")
    return {
        "--version": timed("--version"),
        "--help": timed("install", "--help"),
        "search": timed("search", "small"),
        f"install {LIBRARIES}, nothing here yet": timed("install", *quiet, before=everything),
        f"install {LIBRARIES}, locked and cached": timed(
            "install", "--prefer-offline", *quiet, before=cleared(folder, "node_modules")
        ),
        f"install {LIBRARIES}, all there": timed("install", *quiet),
    }


def publish(verdaccio, package):
    """A package that npm installs: its archive has a manifest."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        manifest = json.dumps({"name": package, "version": "1.0.0"}).encode()
        for path, data in {"package/package.json": manifest, "package/README.md": os.urandom(10_000).hex().encode()}.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    data = packed.getvalue()
    document = verdaccio.document(package, data)
    document["versions"]["1.0.0"]["dist"] |= {
        "integrity": "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode(),
        "shasum": hashlib.sha1(data).hexdigest(),
    }
    verdaccio.json("PUT", f"/{package}", document, verdaccio.token)
