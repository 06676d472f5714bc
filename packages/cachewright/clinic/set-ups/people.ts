/** People at their own machines. */
import { NODE_IN_ROOM } from "../room.ts";
import { allowSudo, inShell, makeVenv, markManaged, ownDir, through, type SetUp } from "./set-up.ts";

const own = { place: "own prefix" } as const;
const system = { place: "foreign prefix" } as const;

export const people: readonly SetUp[] = [
  { name: "a fresh user with a Python of their own, whose first pip this is", pips: "pair", patient: own, make: async () => undefined },
  {
    name: "pyenv: versions below the home, shims on PATH", pips: "pair", patient: own,
    async make(patient) {
      await patient.must(`mkdir -p ~/.pyenv/versions ~/.pyenv/shims && cp -a ${patient.prefix} ~/.pyenv/versions/work
        for name in bin/pip bin/pip3; do sed -i "1s|.*|#!$HOME/.pyenv/versions/work/bin/python|" ~/.pyenv/versions/work/$name; done
        for name in pip pip3 python python3; do printf '#!/bin/sh\\nexec "$HOME/.pyenv/versions/work/bin/%s" "$@"\\n' $name > ~/.pyenv/shims/$name; chmod 755 ~/.pyenv/shims/$name; done
        echo work > ~/.pyenv/version`);
      patient.env["PYENV_ROOT"] = `${patient.account.home}/.pyenv`;
      patient.env["PATH"] = `${patient.account.home}/.pyenv/shims:/usr/local/bin:/usr/bin:/bin`;
    },
  },
  {
    name: "a project with .venv, activated in its directory", patient: own,
    async make(patient) {
      const at = `${patient.account.home}/project`;
      await patient.must("mkdir project && printf '[project]\\nname = \"own\"\\nversion = \"1\"\\n' > project/pyproject.toml");
      await makeVenv(patient, `${at}/.venv`);
      patient.env["VIRTUAL_ENV"] = `${at}/.venv`;
      return { run: inShell(patient, `cd ${at} && PATH=${at}/.venv/bin:$PATH`), into: [] };
    },
  },
  {
    name: "poetry and pdm: .venv and a lock file in the project, not activated", patient: own,
    async make(patient) {
      const at = `${patient.account.home}/project`;
      await patient.must("mkdir -p project/src/own && cd project && printf '[tool.poetry]\\nname = \"own\"\\n' > pyproject.toml && touch poetry.lock pdm.lock src/own/__init__.py && printf '[virtualenvs]\\nin-project = true\\n' > poetry.toml");
      await makeVenv(patient, `${at}/.venv`);
      await patient.must(`echo ${at}/.venv/bin/python > ${at}/.pdm-python`);
      return { run: inShell(patient, `cd ${at}`), pip: [`${at}/.venv/bin/python`, "-m", "pip"], into: [] };
    },
  },
  {
    name: "tox: an environment below .tox beside the project's own", patient: own,
    async make(patient) {
      const at = `${patient.account.home}/project`;
      await patient.must("mkdir -p project/.tox project/build/lib project/own.egg-info && cd project && printf '[tox]\\n' > tox.ini && touch setup.py own.egg-info/PKG-INFO");
      for (const each of [".venv", ".tox/py"]) await makeVenv(patient, `${at}/${each}`);
      patient.env["VIRTUAL_ENV"] = `${at}/.tox/py`;
      return { run: inShell(patient, `cd ${at} && export PATH=${at}/.tox/py/bin:$PATH TMPDIR=${at}/.tox && mkdir -p "$TMPDIR"`), into: [] };
    },
  },
  {
    name: "the user site alone, with its programs on PATH", pips: "pair", patient: system,
    async make(patient) {
      patient.env["PATH"] = `${patient.account.home}/.local/bin:${patient.prefix}/bin:/usr/bin:/bin`;
      return { into: ["--user"] };
    },
  },
  {
    name: "a system Python under PEP 668, and pipx", patient: system,
    async make(patient) {
      const venvs = `${patient.account.home}/.local/share/pipx/venvs`;
      await markManaged(patient);
      await patient.must(`mkdir -p ${venvs} ~/.local/bin`);
      await makeVenv(patient, `${venvs}/app`);
      await patient.must(`printf '#!${venvs}/app/bin/python\\nprint(1)\\n' > ${venvs}/app/bin/app && chmod 755 ${venvs}/app/bin/app && ln -s ${venvs}/app/bin/app ~/.local/bin/app`);
      patient.env["PATH"] = `${patient.account.home}/.local/bin:${patient.prefix}/bin:/usr/bin:/bin`;
      return { pip: [`${venvs}/app/bin/python`, "-m", "pip"], into: [] };
    },
  },
  {
    name: "conda's base, active", pips: "pair", patient: own,
    async make(patient) {
      const { prefix } = patient;
      await patient.must(`mkdir -p ${prefix}/conda-meta ${prefix}/condabin ${prefix}/pkgs && touch ${prefix}/conda-meta/history ${prefix}/pkgs/urls.txt`);
      Object.assign(patient.env, { CONDA_PREFIX: prefix, CONDA_DEFAULT_ENV: "base", CONDA_SHLVL: "1", CONDA_EXE: `${prefix}/bin/conda`, PATH: `${prefix}/bin:${prefix}/condabin:/usr/bin:/bin` });
    },
  },
  {
    name: "an environment that sees the system's packages", patient: system,
    async make(patient) {
      const at = `${patient.account.home}/env`;
      await makeVenv(patient, at, { args: "--system-site-packages" });
      Object.assign(patient.env, { VIRTUAL_ENV: at, PATH: `${at}/bin:/usr/bin:/bin` });
      return { into: [] };
    },
  },
  {
    name: "an umask of 077, and everything private", pips: "pair", patient: { place: "venv" },
    async make(patient) {
      await patient.must("chmod 700 ~");
      return { run: inShell(patient, "umask 077"), into: [] };
    },
  },
  {
    name: "an umask of 002 and a group of one's own", patient: own,
    async make(patient) {
      await patient.must("chmod 775 ~ && mkdir -m 2775 ~/project && touch ~/project/setup.py");
      return { run: inShell(patient, "umask 002; cd ~/project") };
    },
  },
  {
    name: "a home below a directory that may only be passed through", patient: own,
    async make(patient) {
      await patient.root("chmod 711 /home");
      await patient.must("chmod 711 ~");
    },
  },
  {
    name: "WSL: Windows' directories on PATH, the project on drvfs", patient: { place: "venv" },
    async make(patient) {
      const { uid, gid } = patient.account;
      await patient.root(`mkdir -p /mnt/c && mount -t tmpfs -o mode=777,uid=${uid},gid=${gid} tmpfs /mnt/c`);
      await patient.must("mkdir -p -m 777 /mnt/c/Users/me/project /mnt/c/Windows/System32 && touch /mnt/c/Users/me/project/requirements.txt && chmod 777 /mnt/c/Users/me/project/requirements.txt");
      Object.assign(patient.env, { WSL_DISTRO_NAME: "Debian", WSL_INTEROP: "/run/WSL/1_interop", PATH: `${patient.prefix}/bin:/usr/bin:/bin:/mnt/c/Windows/System32:/mnt/c/Users/me/AppData/Local/Programs` });
      return { run: inShell(patient, "cd /mnt/c/Users/me/project") };
    },
  },
  {
    name: "an administrators' group that may write to /usr/local's Python", patient: system,
    async make(patient) {
      await patient.root(`groupadd admins && usermod -aG admins ${patient.account.name} && chgrp -R admins ${patient.prefix} && chmod -R g+w ${patient.prefix} && find ${patient.prefix} -type d -exec chmod g+s {} +`);
      return { into: [] };
    },
  },
  {
    name: "su - from root", pips: "pair", patient: own,
    async make(patient) {
      await patient.must(`printf 'export PATH=${patient.prefix}/bin:/usr/bin:/bin\\n' > ~/.profile`);
      return { run: through(patient, ["su", "-", patient.account.name, "-c", "%"]) };
    },
  },
  {
    name: "sudo -H of an installation for everybody", pips: "pair", patient: system, needs: ["sudo"],
    async make(patient) {
      await allowSudo(patient);
      return {
        run: (argv) => patient.run(argv.includes(NODE_IN_ROOM) ? argv : ["sudo", "-H", "PIP_ROOT_USER_ACTION=ignore", ...argv]),
        into: [], watch: ["/root"],
      };
    },
  },
  {
    name: "an environment made without pip, filled by the pip beside it", patient: own,
    async make(patient) {
      await patient.must(`${patient.python} -m venv --without-pip ~/env`);
      await ownDir(patient, "/mnt/work/other");
      return { pip: ["pip", "--python", `${patient.account.home}/env/bin/python`], into: [] };
    },
  },
  {
    name: "sudo -H for everything, doctor too", patient: system, needs: ["sudo"],
    async make(patient) {
      await allowSudo(patient);
      return { run: (argv) => patient.run(["sudo", "-H", "PIP_ROOT_USER_ACTION=ignore", ...argv]), into: [], watch: ["/root/.cache"] };
    },
  },
  {
    name: "a company's mirror and only virtual environments, by pip.conf", pips: "pair", patient: { place: "venv" },
    async make(patient) {
      await patient.root("printf '[global]\\ntimeout = 60\\nretries = 2\\nrequire-virtualenv = true\\n[install]\\nprefer-binary = true\\n' > /etc/pip.conf");
      await patient.must("mkdir -p ~/.config/pip ~/.pip && printf '[global]\\nno-input = true\\n' > ~/.config/pip/pip.conf && umask 077 && printf 'machine mirror.example login me password x\\n' > ~/.netrc");
      return { into: [] };
    },
  },
  {
    name: "somebody else's checkout as the working directory, mounted read-only", patient: { place: "venv" },
    async make(patient) {
      await patient.root("mkdir -p /mnt/checkout/build/lib /mnt/checkout/own.egg-info && cd /mnt/checkout && touch setup.py requirements.txt poetry.lock own.egg-info/PKG-INFO && mount --bind /mnt/checkout /mnt/checkout && mount -o remount,bind,ro /mnt/checkout");
      return { run: inShell(patient, "cd /mnt/checkout") };
    },
  },
  {
    name: "names beyond ASCII, in the C locale", patient: { place: "own prefix" },
    async make(patient) {
      await patient.must("mkdir -p ~/projekte/größe && touch ~/projekte/größe/setup.py");
      await makeVenv(patient, `${patient.account.home}/projekte/größe/.venv`);
      const at = `${patient.account.home}/projekte/größe`;
      Object.assign(patient.env, { LC_ALL: "C", VIRTUAL_ENV: `${at}/.venv`, PATH: `${at}/.venv/bin:/usr/bin:/bin`, PIP_CACHE_DIR: `${at}/zwischen speicher` });
      return { run: inShell(patient, `cd ${at}`), into: [] };
    },
  },
  {
    name: "PATH with empty, relative and missing parts; HOME with a slash at its end", pips: "pair", patient: own,
    async make(patient) {
      Object.assign(patient.env, { PATH: `:./bin:/nowhere/bin:${patient.prefix}/bin/:/usr/bin::/bin`, HOME: `${patient.account.home}/`, PYTHONDONTWRITEBYTECODE: "1" });
    },
  },
];
