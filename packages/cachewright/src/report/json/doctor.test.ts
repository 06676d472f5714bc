import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { cache, factsWith, present, setting, pipUse } from "../../facts/example-facts.ts";
import { diagnose } from "../../problems/diagnose.ts";
import { doctorJson } from "./doctor.ts";
import { jsonSchemas } from "./schemas.ts";

const schemas = jsonSchemas();

function errorsOf(name: string, value: unknown): unknown {
  const validate = new Ajv2020({ allErrors: true }).compile(schemas[name] as object);
  validate(JSON.parse(JSON.stringify(value)));
  return validate.errors ?? [];
}

describe("the doctor's JSON", () => {
  it("is as the shipped schema says, with several findings of different kinds", async () => {
    const off = setting("no-cache-dir", "0", { level: "env-var", section: ":env:", from: { env: "PIP_NO_CACHE_DIR" } });
    const facts = factsWith({
      paths: [present(cache, { uid: 0, gid: 0 }), present("/home/me/.local/lib", { uid: 0, gid: 0 })],
      unknown: [{ what: "/srv", why: "EACCES", from: { path: "/srv" } }],
    });
    const { findings } = await diagnose({ ...facts, pip: { ...facts.pip, uses: [pipUse(), pipUse({ pip: "25.3", cacheDir: null, cacheReal: null, cacheOff: off })] } }, { asked: true });
    expect(findings.length).toBeGreaterThan(1);
    const report = doctorJson({ facts, found: findings, ignored: [{ problem: "a", subject: "b", why: "c", from: "d" }] });
    expect(errorsOf("doctor", report)).toEqual([]);
    expect(report.findings[0]).toMatchObject({ severity: expect.any(String), title: expect.any(String), evidence: expect.any(Array) });
  });

  it("is held to the schema strictly: an unknown key is an error", () => {
    const report = { ...doctorJson({ facts: factsWith(), found: [], ignored: [] }), extra: 1 };
    expect(errorsOf("doctor", report)).toMatchObject([{ keyword: "additionalProperties" }]);
  });
});

describe("the facts' schema", () => {
  it("describes the facts of the examples", () => {
    expect(errorsOf("facts", factsWith())).toEqual([]);
  });
});
