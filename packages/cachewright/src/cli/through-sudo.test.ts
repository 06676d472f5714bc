import { describe, expect, it } from "vitest";
import type { LogFinding } from "../explain/explanation.ts";
import { factsWith } from "../facts/example-facts.ts";
import type { GroundedFinding } from "../report/json/explain.ts";
import { accountBehind, seenThroughSudo } from "./through-sudo.ts";

describe("the account behind a command", () => {
  it.each([
    [["pip", "install", "x"], undefined], [["sudo", "pip", "install", "-u"], "root"], [["/usr/bin/sudo", "-H", "pip"], "root"], [["sudo", "-u", "ada", "pip"], "ada"],
    [["sudo", "-uada", "pip"], "ada"], [["sudo", "-Eu", "ada", "pip"], "ada"], [["sudo", "--user=ada", "pip"], "ada"], [["sudo", "--user", "ada", "pip"], "ada"],
    [["sudo", "-g", "staff", "-n", "pip", "-u"], "root"], [["sudo", "-p", "-u", "pip"], "root"], [["doas", "-u", "ada", "pip"], "ada"], [["sudo", "--", "pip", "-u"], "root"], [["sudo"], "root"], [[], undefined],
  ])("of %j is %s", (words, account) => {
    expect(accountBehind(words)).toBe(account);
  });
});

const found = (path: string | null): LogFinding => ({ problem: "cache-not-owned", path, alsoPossible: ["sudo-home", "acl-denied"] }) as unknown as LogFinding;
const refuted = (path: string | null): GroundedFinding => ({ found: found(path), grounded: "refuted" });
const see = (one: GroundedFinding, ...words: string[]) => seenThroughSudo([one], factsWith(), words);

describe("what a command said below sudo", () => {
  it("of the caller's home is root's work with the caller's HOME", async () => {
    const [one] = await see(refuted("/home/me/.cache/pip"), "sudo", "pip", "install", "x");
    expect(one).toMatchObject({ grounded: "proved", proof: { finding: { problem: "sudo-home", subject: "/home/me" }, remedies: expect.arrayContaining([expect.objectContaining({ id: "sudo-H" })]) } });
    expect(one?.proof?.finding.evidence.map(({ says }) => says)).toContain("sudo was called by me");
  });

  it("of the caller's home, as somebody else than root, or of another place, is not refuted and not proved", async () => {
    for (const [path, ...words] of [["/home/me/.cache/pip", "sudo", "-u", "ada", "pip"], ["/root/.cache/pip", "sudo", "pip"]] as const) expect(await see(refuted(path), ...words)).toMatchObject([{ grounded: "not-asked" }]);
  });

  it("stays as it is without sudo, and what is proved stays proved", async () => {
    expect(await see(refuted("/home/me/.cache/pip"), "pip", "install")).toEqual([refuted("/home/me/.cache/pip")]);
    const proved: GroundedFinding = { found: found("/home/me/.cache/pip"), grounded: "proved" };
    expect(await see(proved, "sudo", "pip")).toEqual([proved]);
  });
});
