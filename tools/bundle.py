"""Builds an archive that installs and upgrades a hall on a machine without internet: make bundle.

    python -m tools.bundle [--out dist]

In it: install.sh, the project, every Python package as a wheel with its hash, the pages' JavaScript and
fonts, the compiled words. It fits machines with this machine's system, processor and Python; install.sh says
so when one doesn't.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.words import CATALOGUES
from web.version import version

ROOT = Path(__file__).resolve().parent.parent
NOT_INSTALLED = ("tests/", "bench/", ".ci/", "requirements-dev.", "requirements-node.")
MADE = ((ROOT / "static" / "vendor", "*"), (CATALOGUES, "*.mo"))
"""Folders with files that set-up makes and git doesn't know, and which of them are needed."""

LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-bundle.txt")

Files = dict[str, bytes]


def python_tag() -> str:
    """Such as cp311: which Python the wheels are for."""
    return f"cp{sys.version_info.major}{sys.version_info.minor}"


def machine() -> str:
    """Such as linux-x86_64."""
    return sysconfig.get_platform()


def git(*words: str) -> str:
    """What git says of the project; the folder may belong to somebody else."""
    command = ["git", "-c", f"safe.directory={ROOT}", *words]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def project_files() -> Iterator[Path]:
    """Everything that a hall needs to run: what git knows or would take in, and what set-up made."""
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and not name.startswith(NOT_INSTALLED) and (ROOT / name).is_file():
            yield ROOT / name
    for folder, wanted in MADE:
        yield from (file for file in folder.rglob(wanted) if file.is_file())


def build_id(files: Files) -> str:
    """The commit; if the folder differs from it, also what is in the archive."""
    commit = git("rev-parse", "--short=10", "HEAD").strip()
    if not git("status", "--porcelain").strip():
        return commit
    return f"{commit}-changed-{sha256(sums(files))[:8]}"


def wheels(keep_in: Path) -> Path:
    """A folder with a wheel of every locked package; kept until the locks change."""
    locks = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()[:12]
    folder = keep_in / f"wheels-{python_tag()}-{machine()}-{locks}"
    if not folder.is_dir():
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        download(unfinished)
        unfinished.rename(folder)
    return folder


def download(folder: Path) -> None:
    """Fetches by hash; a package that comes as source alone is built here, where there is a network."""
    print("Fetching the packages", file=sys.stderr)
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    locks = [word for lock in LOCKS for word in ("-r", str(lock))]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), *locks], check=True
    )


def wheel_list(found: Iterable[Path]) -> str:
    """What pip is told to install: exactly these files."""
    lines = []
    for wheel in found:
        name, number = wheel.name.split("-")[:2]
        lines.append(f"{name}=={number} --hash=sha256:{sha256(wheel.read_bytes())}")
    return "\n".join(lines) + "\n"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def contents(keep_in: Path) -> Files:
    """Every file of the archive by its name in it."""
    found = sorted(wheels(keep_in).glob("*.whl"))
    files = {f"hall/{file.relative_to(ROOT)}": file.read_bytes() for file in project_files()}
    files |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in found}
    files["wheels.txt"] = wheel_list(found).encode()
    files["install.sh"] = (ROOT / "tools" / "install.sh").read_bytes()
    files["RELEASE"] = release(files).encode()
    return files | {"SHA256SUMS": sums(files)}


def sums(files: Files) -> bytes:
    """As sha256sum -c reads it."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())).encode()


def release(files: Files) -> str:
    """What the installer reads about this archive."""
    facts = {"version": version(), "build": build_id(files), "python": python_tag(), "machine": machine()}
    return "".join(f"{name}={value}\n" for name, value in facts.items())


def build(out: Path) -> Path:
    """Writes the archive and its checksum; the archive's name says what it fits."""
    out.mkdir(parents=True, exist_ok=True)
    files = contents(out)
    name = f"service-hall-{version()}"
    archive = out / f"{name}-{machine()}-{python_tag()}.tar.gz"
    written = packed(name, files, int(git("log", "-1", "--format=%ct")))
    archive.write_bytes(written)
    archive.with_name(archive.name + ".sha256").write_text(f"{sha256(written)}  {archive.name}\n")
    return archive


def packed(top: str, files: Files, at: int) -> bytes:
    """The same files give the same bytes: sorted, of one time, of nobody."""
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=at, compresslevel=6) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mtime = len(content), at
            entry.mode = 0o755 if name.endswith(".sh") else 0o644
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--out", type=Path, default=ROOT / "dist")
    archive = build(asked.parse_args().out)
    print(f"{archive}\n{archive.stat().st_size / 2**20:.0f} MB, with its checksum beside it.")


if __name__ == "__main__":
    main()
