"""
What one tool, as it is installed with this Python, says on many machines.

Standard input has one machine a line, {"env": {...}, "cwd": "..."}; standard output one answer a line, in order:
{"said": {...}} or {"died": "..."}. Each machine gets a process of its own, forked from one that has loaded
everything but the tool itself, whose modules look at the machine when they are loaded.
"""

import importlib
import json
import os
import sys
import tempfile


def printed(main, *words):
    """What a command prints on standard output; raises when it does not end well."""
    with tempfile.TemporaryFile(dir="/tmp") as file:
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(file.fileno(), 1)
        sys.argv = list(words)
        code = None
        try:
            code = main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            os.dup2(kept, 1)
        file.seek(0)
        text = file.read().decode("utf-8", "surrogateescape")
    if code not in (None, 0):
        raise RuntimeError("exit %r: %s" % (code, text))
    return text


def ask_poetry():
    from poetry.console.application import main

    said = {}
    for line in printed(main, "poetry", "config", "--list", "--no-ansi").splitlines():
        key, _, value = line.partition(" = ")
        decoder = json.JSONDecoder()
        try:
            plain, end = decoder.raw_decode(value)
        except ValueError:
            continue
        # What a value comes to stands behind it.
        rest = value[end:].strip()
        comes_to = rest[1:].strip()
        said[key] = {"True": True, "False": False}.get(comes_to, comes_to) if rest.startswith("#") else plain
    return said


def ask_pdm():
    from pdm.core import Core

    core = Core()
    # As the program does before anything else.
    getattr(core, "_add_project_plugins_library", lambda: None)()
    try:
        project = core.create_project(global_config=os.environ.get("PDM_CONFIG_FILE"))
    except TypeError:
        project = core.create_project()
    keys = (
        "cache_dir log_dir use_uv install.cache install.cache_method install.parallel python.install_root python.use_venv "
        "pypi.url venv.location venv.in_project venv.backend global_project.path global_project.fallback"
    )
    return {key: project.config[key] for key in keys.split() if key in project.config}


def ask_pipenv():
    from pipenv.project import Project

    at = os.getcwd()
    project = Project()
    if project.pipfile.exists if hasattr(project, "pipfile") else project.pipfile_exists:
        (project.pipfile.parsed if hasattr(project, "pipfile") else project.parsed_pipfile)
    cache = os.fspath(project.s.PIPENV_CACHE_DIR)
    try:
        from pipenv.utils.shell import get_workon_home
    except ImportError:
        from pipenv.project import get_workon_home
    venv = str(project.venv_locator.location if hasattr(project, "venv_locator") else project.virtualenv_location)
    directory = project.pipfile.project_directory if hasattr(project, "pipfile") else project.project_directory
    here = os.getcwd()
    return {
        "PIPENV_CACHE_DIR": os.path.join(here, cache), "workon": os.path.join(os.getcwd(), str(get_workon_home())), "project": os.path.join(at, str(directory)), "venv": os.path.join(here, venv),
        "PIPENV_MAX_DEPTH": project.s.PIPENV_MAX_DEPTH, "PIPENV_IGNORE_VIRTUALENVS": bool(project.s.PIPENV_IGNORE_VIRTUALENVS),
    }


def ask_hatch():
    import click
    from hatch.cli import hatch

    said = {}

    @click.command("ask")
    @click.pass_obj
    def ask(app):
        said.update({
            "dirs.cache": str(app.cache_dir), "dirs.data": str(app.data_dir), "file": str(app.config_file.path),
            "environments": str(app.get_env_directory("virtual")), "pythons": str(app.get_python_manager().directory),
        })

    hatch.add_command(ask)
    printed(lambda: hatch(["ask"], prog_name="hatch"))
    return said


def ask_pipx():
    from pipx.main import cli

    text = printed(cli, "pipx", "environment")
    lines = text.split("Derived values")[-1].splitlines()
    return dict(line.split("=", 1) for line in lines if line.startswith("PIPX_") and "=" in line)


def ask_virtualenv():
    from virtualenv.run import build_parser

    parser, _ = build_parser(["env"])
    options = parser.parse_known_args(["env"])[0]
    names = "read_only_app_data reset_app_data symlink_app_data copies symlinks download no_download clear"
    said = {name: getattr(options, name) for name in names.split() if hasattr(options, name)}
    said["app_data"] = str(getattr(options.app_data, "lock", None) and options.app_data.lock.path)
    said["extra_search_dir"] = [str(path) for path in options.extra_search_dir]
    return said


def ask_pip():
    from pip._internal.cli.main import main

    text = printed(lambda: main(["config", "list"]), "pip")
    return {"list": text}


def ask_conda():
    """By the program itself, as it stands beside this Python."""
    import runpy

    program = os.path.join(sys.prefix, "bin", "conda")
    run = lambda *words: json.loads(printed(lambda: runpy.run_path(program, run_name="__main__"), program, "config", *words, "--json"))
    said = {key: value for key, value in run("--show").items() if not isinstance(value, dict)}
    said["channels"] = [str(name) for name in said["channels"]]
    try:
        by_source = run("--show-sources")
    except Exception:
        # A wrong value that a stronger source hides is an error here alone.
        return said
    names = {"copy": "always_copy", "softlink": "always_softlink", "yes": "always_yes", "root_dir": "root_prefix"}
    for source, values in by_source.items():
        at = source if source == "envvars" else os.path.join(os.getcwd(), source)
        for key in values:
            said.setdefault("sources of " + names.get(key, key), []).append(at)
    return {key: sorted(value) if key.startswith("sources of ") else value for key, value in said.items()}


ASK = {name[4:]: ask for name, ask in list(globals().items()) if name.startswith("ask_")}
# These look at the machine when they are loaded.
LOOKING = {"platformdirs", "appdirs", "virtualenv", "tempfile"}
BROUGHT_ALONG = ("pipenv.vendor.", "pipenv.patched.")


def forked(machine, ask):
    """The answer, by way of a pipe."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            os.environ.clear()
            os.environ.update(machine["env"])
            os.chdir(machine["cwd"])
            nothing = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nothing, number)
            try:
                answer = {"said": ask()}
            except (Exception, SystemExit) as error:
                answer = {"died": "%s: %s" % (type(error).__name__, error)}
            with os.fdopen(write, "wb") as pipe:
                pipe.write(json.dumps(answer, default=str).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text.decode() or '{"died": "no answer"}')


def loaded_by(ask, machine):
    """The modules that a first answer brings in, less the tool's own."""
    def names():
        before = set(sys.modules)
        try:
            ask()
        except (Exception, SystemExit):
            pass
        return sorted(set(sys.modules) - before)

    return forked(machine, names).get("said", [])


def main():
    tool = sys.argv[1]
    ask = ASK[tool]
    own = LOOKING | {tool}
    machines = [json.loads(line) for line in sys.stdin]
    for name in loaded_by(ask, machines[0]) if machines else []:
        parts = name.split(".")
        if name.startswith(tool) and not name.startswith(BROUGHT_ALONG):
            continue
        if own.isdisjoint(parts[1:] if name.startswith(BROUGHT_ALONG) else parts):
            try:
                importlib.import_module(name)
            except Exception:
                pass
    for machine in machines:
        print(json.dumps(forked(machine, ask)), flush=True)


main()
