/**
 * What is taken out of the caches of real pips and uvs installs without a network, by pip and by uv, as an ordinary user;
 * what was packed anew of uv's archives is the same files with the same RECORD.
 */
import { describe, it } from "vitest";
import { cachedTools } from "../../src/tools/all-caches.ts";
import { obstacleFor, pipsFor, withIndex } from "../case.ts";
import { admit, type Patient } from "../patient.ts";
import { must, step } from "../step.ts";
import { admitWithTool, kitsFor, type ToolPatient } from "../tool.ts";

interface Report {
  readonly files: readonly { readonly filename: string; readonly how: string; readonly tool?: string; readonly sha256?: string; readonly otherDigest?: true }[];
  readonly left: readonly { readonly filename: string; readonly why: string }[];
  readonly missing: readonly { readonly project: string }[];
}

async function exported(patient: Patient, args: readonly string[], code = 0): Promise<Report> {
  const output = await patient.cachewright(["cache", "export", ...args, "--yes", "--json"]);
  must(output.code === code, `cache export ${args.join(" ")} should end with ${code}, it ended with ${output.code}:\n${output.text}`);
  return JSON.parse(output.stdout) as Report;
}

/** Every file of every installed distribution against its RECORD, as the standard library reads it. */
const provesRecords = `
import base64, csv, glob, hashlib, os, sys
site = sys.argv[1]
for record in glob.glob(os.path.join(site, "*.dist-info", "RECORD")):
    for path, digest, size in csv.reader(open(record)):
        if not digest or path.endswith(".pyc"): continue
        algorithm, _, wanted = digest.partition("=")
        got = base64.urlsafe_b64encode(hashlib.new(algorithm, open(os.path.join(site, path), "rb").read()).digest()).rstrip(b"=").decode()
        assert got == wanted, (record, path)
    print(os.path.basename(os.path.dirname(record)))
`;

async function installs(patient: Patient, line: string, environment: string): Promise<void> {
  await step(line, async () => {
    const { code, text } = await patient.run(["sh", "-ec", line]);
    must(code === 0, text);
    must(!/warning/i.test(text.replace(/.*(?:new release|upgrade, run|version of pip|You should consider|hardlink|link-mode).*/gi, "")), `it should not warn:\n${text}`);
    const works = await patient.must(`${environment}/bin/python -c 'import wpkg, spkg, scripted_main; print(wpkg.VALUE + spkg.VALUE)' && ${environment}/bin/scripted && ${environment}/bin/python -c '${provesRecords}' $(echo ${environment}/lib/python*/site-packages)`);
    must(works.startsWith("2\nscripted runs\n") && works.includes("spkg-2.0.dist-info"), `what was installed should work:\n${works}`);
  });
}

/** Variables that would lead to the clinic's index are not given: what is not in the export cannot be had. */
const nowhere = "env -u PIP_INDEX_URL -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u PIP_NO_INDEX";

async function fromUv(patient: ToolPatient, isNewest: boolean): Promise<void> {
  const python = patient.python;
  await step("uv fills its cache", async () => {
    for (const args of [["venv", "--python", python, "/tmp/one"], ["pip", "install", "--python", "/tmp/one/bin/python", "wpkg", "spkg", "scripted"]]) {
      const { code, text } = await patient.tool(...args);
      must(code === 0, text);
    }
  });
  const out = `${patient.account.home}/out`;
  const { files, left } = await exported(patient, ["uv", "--index", out]);
  must(files.map(({ filename }) => filename.split("-")[0]).join() === "scripted,spkg,wpkg" && left.length === 0, `everything should be there: ${JSON.stringify({ files, left })}`);
  must(files.some(({ how }) => how === "zipped"), "a wheel should have been packed anew");
  const again = await exported(patient, ["uv", "--wheels", `${out}-again`]);
  must(JSON.stringify(again.files.map(({ sha256 }) => sha256)) === JSON.stringify(files.map(({ sha256 }) => sha256)), "the same content should give the same wheels");
  await patient.must(`printf 'wpkg==1.0 --hash=sha256:%064d\\ngone==1.0\\n' 0 > ~/r.txt`);
  const lacking = await exported(patient, ["uv", "--wheels", `${out}-locked`, "-r", `${patient.account.home}/r.txt`], 1);
  must(lacking.missing.some(({ project }) => project === "gone"), `what no cache has should be said: ${JSON.stringify(lacking)}`);
  must(lacking.files.every(({ otherDigest }) => otherDigest === true), `another digest than the wanted one should be told or left out: ${JSON.stringify(lacking)}`);
  await patient.must(`rm -rf ~/.cache/uv && ${nowhere} uv venv --offline --python ${python} /tmp/two`);
  await installs(patient, `${nowhere} uv pip install --no-cache --offline --python /tmp/two/bin/python ${isNewest ? "--default-index" : "--index-url"} file://${out} wpkg spkg scripted`, "/tmp/two");
  await patient.must(`${nowhere} uv venv --offline --python ${python} /tmp/three`);
  await installs(patient, `${nowhere} uv pip install --no-cache --offline --python /tmp/three/bin/python --no-index --find-links ${out}-again wpkg spkg scripted`, "/tmp/three");
  await step("pip beside uv's Python", () => patient.must(`${python} -m venv /tmp/four`));
  await installs(patient, `${nowhere} /tmp/four/bin/python -m pip install --no-cache-dir --index-url file://${out} wpkg spkg scripted`, "/tmp/four");
}

async function fromPip(patient: Patient): Promise<void> {
  await step("pip fills its cache", async () => {
    const { code, text } = await patient.pip("install", "wpkg", "spkg", "scripted");
    must(code === 0, text);
  });
  const out = `${patient.account.home}/out`;
  const { files, left } = await exported(patient, ["pip", "--index", out, "--project", "*pkg", "--project", "scripted"]);
  must(["scripted", "spkg", "wpkg"].every((project) => files.some(({ filename }) => filename.startsWith(`${project}-`))) && left.length === 0, `everything should be there: ${JSON.stringify({ files, left })}`);
  must(files.every(({ how }) => how === "copied"), "pip keeps files, nothing should be packed anew");
  await patient.must("pip uninstall -y wpkg spkg scripted && rm -rf ~/.cache/pip");
  await installs(patient, `${nowhere} pip install --no-cache-dir --index-url file://${out} wpkg spkg scripted`, patient.prefix);
  await patient.must("pip uninstall -y wpkg spkg scripted");
  await installs(patient, `${nowhere} pip install --no-cache-dir --no-index --find-links ${out} wpkg spkg scripted`, patient.prefix);
  const imported = await patient.cachewright(["cache", "import", out, "--into", `${out}-kept`, "--yes", "--json"]);
  must(imported.code === 0 && (JSON.parse(imported.stdout) as Report).files.length === files.length, `it should be brought elsewhere, too:\n${imported.text}`);
  await patient.must("pip uninstall -y wpkg spkg scripted");
  const { code, text } = await patient.cachewright(["config", "add", "find-links", `${out}-kept`, "--tool", "pip", "--yes"]);
  must(code === 0, text);
  await installs(patient, `${nowhere} pip install --no-cache-dir --no-index wpkg spkg scripted`, patient.prefix);
}

describe("cache export", () => {
  const index = withIndex();
  for (const kit of kitsFor("uv")) {
    const reason = kit.obstacle ?? null;
    it.skipIf(reason !== null)(`of uv ${kit.version}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admitWithTool(kit, index());
      try {
        await fromUv(patient, kit.newest);
      } finally {
        await patient.close();
      }
    });
  }
  for (const pip of pipsFor("pair")) {
    const reason = obstacleFor(pip) ?? (cachedTools.includes("pip") ? null : "needs what tells pip's cache");
    it.skipIf(reason !== null)(`of pip ${pip.version}${reason === null ? "" : ` (${reason})`}`, async () => {
      const patient = await admit({ pip, index: index() });
      try {
        await fromPip(patient);
      } finally {
        await patient.close();
      }
    });
  }
});
