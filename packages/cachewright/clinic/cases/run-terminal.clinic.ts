/**
 * The real tools at a terminal, alone and below `run`: what they show is the same, to the last colour and progress bar.
 * When they fail in our field the explanation stands below it, and they end with the same code; else nothing is added.
 */
import { describe, inject, it } from "vitest";
import { atTerminal, under } from "../at-terminal.ts";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { withConda, type CondaPatient } from "../conda.ts";
import { admit, type Patient } from "../patient.ts";
import { hatchProject, pdmProject, pipenvProject, poetryProject, shopOf } from "../project-tools.ts";
import { runsTheSame, showsTheSame, type Command, type TerminalCase } from "../run-at-terminal.ts";
import { pipxEnv } from "../run-pipx.ts";
import { must } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";
import { findCondas } from "../tools/condas.ts";
import type { KitName } from "../tools/kits.ts";
import { addUser, allowSudo } from "../users.ts";

const index = withIndex();

/** Root's, whatever was there. */
const byRoot = (path: string) => (patient: Patient): Promise<string> => patient.root(`cd ${patient.account.home} && rm -rf ${path} && mkdir -p ${path} && chown 0:0 ${path} && chmod 755 ${path}`);
const inShop = (make: (patient: ToolPatient) => Promise<void>, ...words: readonly string[]): TerminalCase<ToolPatient>["ready"] => async (patient) => {
  await make(patient);
  return { words, cwd: shopOf(patient), env: patient.indexEnv };
};

const isOldVirtualenv = ({ version }: ToolPatient): boolean => /^20\.(?:\d|[12]\d|3[0-7])\./.test(version);

const tools: readonly (TerminalCase<ToolPatient> & { readonly tool: KitName })[] = [
  {
    tool: "pipx", ready: async (patient) => ({ words: ["pipx", "install", "--force", "scripted"], env: await pipxEnv(patient) }), problem: "pipx-dir-not-writable",
    ill: (patient) => patient.root(`for home in ${patient.account.home}/.local/share/pipx ${patient.account.home}/.local/pipx; do [ ! -d $home ] || chown -hR 0:0 $home; done`),
  },
  { tool: "poetry", ready: inShop(poetryProject, "poetry", "lock", "-v"), again: "rm -f ~/shop/poetry.lock", ill: byRoot(".cache/pypoetry/cache/repositories"), problem: "cache-write-denied" },
  { tool: "pdm", ready: inShop(pdmProject, "pdm", "lock", "-v"), again: "rm -f ~/shop/pdm.lock", ill: byRoot(".cache/pdm"), problem: "cache-write-denied" },
  {
    tool: "pipenv", ready: inShop(pipenvProject, "pipenv", "install"), problem: "venv-create-denied",
    again: "[ ! -w ~/.local/share/virtualenvs ] || rm -rf ~/.local/share/virtualenvs/*; rm -f ~/shop/Pipfile.lock",
    ill: (patient) => patient.must("rm -rf ~/.local/share/virtualenvs/* && chmod 555 ~/.local/share/virtualenvs"),
  },
  { tool: "hatch", ready: inShop(hatchProject, "hatch", "env", "create"), again: "rm -rf ~/.local/share/hatch/env/virtual", ill: byRoot(".local/share/hatch"), problem: "tool-dir-not-writable" },
  {
    tool: "virtualenv", anyOrder: true, again: "rm -rf ~/fresh", problem: "cache-write-denied", ready: async (patient) => ({ words: ["timeout", "60", "virtualenv", "fresh"], env: patient.indexEnv }),
    ill: (patient) => patient.root(`chown -hR 0:0 ${patient.account.home}/${isOldVirtualenv(patient) ? ".local/share" : ".cache"}/virtualenv/wheel`),
  },
];

async function closing<P extends Patient>(patient: P, act: (patient: P) => Promise<void>): Promise<void> {
  try {
    await act(patient);
  } finally {
    await patient.close();
  }
}

describe("run at a terminal", () => {
  for (const one of tools) {
    for (const kit of kitsFor(one.tool)) {
      const reason = kit.obstacle ?? inject("equipment").obstacle;
      it.skipIf(reason !== null)(`${kit.name} ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => closing(await admitWithTool(kit, index()), (patient) => runsTheSame(one, patient)));
    }
  }
});

const conda: TerminalCase<CondaPatient> = {
  ready: async (patient) => ({ words: ["conda", "create", "--yes", "--offline", "--prefix", `${patient.account.home}/fresh`, "/mnt/work/chan/noarch/lantern-1.0-0.tar.bz2"] }),
  again: "rm -rf ~/fresh ~/.conda/pkgs/lantern-1.0-0*", problem: "conda-no-writable-pkgs-dir",
  ill: (patient) => patient.root(`chown 0:0 ${patient.account.home}/.conda/pkgs/urls.txt`),
};

describe("run at a terminal: conda", () => {
  for (const { conda: found, obstacle } of findCondas()) {
    const reason = obstacle ?? inject("equipment").obstacle;
    it.skipIf(reason !== null)(`conda${found === null ? "" : ` ${found.version.join(".")}`}${reason === null ? "" : ` (${reason})`}`, () => withConda(found, (patient) => runsTheSame(conda, patient)));
  }
});

/** Each is what a person types before the path of pip; sudo makes a terminal of its own (use_pty, on by default since 1.9.14) or does not. */
const sudos: readonly ({ readonly name: string; readonly own: boolean; readonly words: (other: string) => readonly string[] } & Pick<TerminalCase<Patient>, "problem" | "grounded">)[] = [
  { name: "sudo pip", own: true, words: () => ["sudo"], problem: "sudo-home" },
  { name: "sudo pip without a terminal of its own", own: false, words: () => ["sudo"], problem: "sudo-home" },
  // Who calls it cannot look with the other's eyes.
  { name: "sudo -u somebody pip", own: true, words: (other) => ["sudo", "-u", other], problem: "cache-not-owned", grounded: "it takes the user of that path to look" },
];

const sudoPip = ({ words, own, problem, grounded }: (typeof sudos)[number]): TerminalCase<Patient> => ({
  problem, ...(grounded === undefined ? {} : { grounded }), goesOn: true, illFromTheStart: true,
  async ready(patient) {
    const other = await addUser(patient.room);
    await allowSudo(patient.room, patient.account, { keepHome: true });
    await patient.root(`sed -i 's/!use_pty/${own ? "" : "!"}use_pty/' /etc/sudoers.d/clinic && rm -rf /tmp/out && install -d -m 1777 /tmp/out && chmod 711 ${patient.account.home} && chown ${other.name}: /tmp/out`);
    return { words: [...words(other.name), `${patient.prefix}/bin/pip`, "install", ...patient.indexArgs, "--upgrade", "--target", "/tmp/out", "wpkg"] };
  },
  // Whose cache it is, is all the difference: the one that sudo leads pip to is told of by pip itself.
  ill: (patient) => patient.must("mkdir -p ~/.cache/pip"),
});

describe("run at a terminal: sudo pip", () => {
  for (const sudo of sudos) {
    for (const pip of pipsFor("pair")) {
      const reason = obstacleFor(pip, ["sudo"]);
      it.skipIf(reason !== null)(`${sudo.name}: pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => closing(await admit({ pip, index: index() }), (patient) => runsTheSame(sudoPip(sudo), patient)));
    }
  }
});

/** Some MB, so that the bar is drawn; what is measured in it differs from one time to the next. */
async function drawsItsBar(patient: Patient): Promise<void> {
  const download = ["pip", "download", ...patient.indexArgs, "--no-cache-dir", "--no-deps", "--dest", "down", "bigpkg"];
  const see = async (words: Command["words"]): ReturnType<typeof atTerminal> => {
    await patient.must("rm -rf ~/down");
    return atTerminal(patient, words);
  };
  await showsTheSame(async () => {
    const [alone, below] = [await see(download), await see(under(download))];
    must(alone.code === 0 && below.code === 0 && below.sane, `both should work:\n${alone.output}\n${below.output}`);
    must(/\u001B\[\?25l[^]*\r[^]*\u001B\[\?25h/.test(alone.output), `pip should draw its bar:\n${JSON.stringify(alone.output)}`);
    return [alone, below.output];
  });
}

describe("run at a terminal: pip's progress bar", () => {
  for (const pip of pipsFor("pair")) {
    const reason = obstacleFor(pip);
    it.skipIf(reason !== null)(`pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => closing(await admit({ pip, index: index() }), drawsItsBar));
  }
});
