/** One uv cache for a group, two users and the usual umask. */
import type { Output } from "../room.ts";
import { must } from "../step.ts";
import { describeWithTool, type ToolIllness, type ToolPatient } from "../tool.ts";
import { addUser, runAs, type Account } from "../users.ts";

const cache = "/mnt/shared/uv";
const partners = new Map<ToolPatient, Account>();

function partnerOf(patient: ToolPatient): Account {
  const partner = partners.get(patient);
  must(partner !== undefined, "the patient has no partner");
  return partner;
}

/** Each into an environment of their own. */
async function installAs(patient: ToolPatient, account: Account): Promise<Output> {
  const env = `/mnt/envs/${account.name}`;
  await patient.root(`[ -d ${env} ] || { mkdir -p /mnt/envs && python3 -m venv --without-pip ${env} && chown -R ${account.uid}:${account.gid} ${env}; }`);
  return runAs(patient.room, account, ["uv", "pip", "install", "--reinstall", "--link-mode", "copy", "--python", `${env}/bin/python`, "wpkg", "spkg"], { env: { ...patient.env, ...patient.indexEnv }, umask: "022" });
}

async function makeShare(patient: ToolPatient, first: (partner: Account) => Account): Promise<void> {
  const partner = await addUser(patient.room);
  partners.set(patient, partner);
  await patient.root(`groupadd cwuv && usermod -aG cwuv ${patient.account.name} && usermod -aG cwuv ${partner.name}
    mkdir -p /mnt/shared /etc/uv && install -d -m 2775 -g cwuv ${cache} && printf 'cache-dir = "${cache}"\\n' > /etc/uv/uv.toml && chmod 644 /etc/uv/uv.toml`);
  const { code, text } = await installAs(patient, first(partner));
  must(code === 0, `the first should fill the cache:\n${text}`);
}

const base: Omit<ToolIllness, "variant" | "make" | "act" | "cure"> = {
  problem: "shared-cache-modes", tool: "uv", needs: ["setfacl", "getfacl"], tryFirst: false, complaint: /Permission denied \(os error 13\)/, path: () => cache, explainPath: () => null,
  explainsAs: ["uv-cache-init-failed", "cache-write-denied"], watch: ({ account }) => [`${account.home}/.config`, "/mnt/shared"], hiddenByUse: true,
};

const illnesses: readonly ToolIllness[] = [
  {
    ...base, variant: "what the first made shuts the second out, who makes a cache of their own", act: (patient) => installAs(patient, patient.account),
    make: (patient) => makeShare(patient, (partner) => partner), cure: { by: "patient", choose: "own-cache" },
  },
  {
    ...base, variant: "opened by the one who made it", act: (patient) => installAs(patient, partnerOf(patient)),
    make: (patient) => makeShare(patient, () => patient.account), cure: { by: "patient", choose: "share" },
  },
];

describeWithTool(illnesses);
