import { describe, expect, it } from "vitest";
import { allMessages } from "../problems/messages.generated.ts";
import { allTellingLiterals } from "./all-telling-literals.ts";
import { explainText } from "./explain-log.ts";
import { mayTell } from "./may-tell.ts";
import { tellingLiterals } from "./telling-literals.generated.ts";

describe("mayTell", () => {
  it("knows every literal that a message or a claim is found by", () => {
    expect(tellingLiterals).toEqual(allTellingLiterals());
  });

  it("lets nothing pass that explain would find", () => {
    const examples = allMessages.flatMap(({ messages }) => messages.messages.map(({ example }) => example));
    expect(examples.length).toBeGreaterThan(200);
    expect(examples.filter((example) => explainText(example).findings.length > 0 && !mayTell(Buffer.from(example)))).toEqual([]);
  });

  it("is silent about an install that went well", () => {
    const healthy = "Collecting demo\n  Downloading demo-1.0-py3-none-any.whl (1.2 kB)\nInstalling collected packages: demo\nSuccessfully installed demo-1.0\nResolved 3 packages in 12ms\n + demo==1.0\n";
    expect(mayTell(Buffer.from(healthy))).toBe(false);
    expect(mayTell(new Uint8Array(0))).toBe(false);
  });
});
