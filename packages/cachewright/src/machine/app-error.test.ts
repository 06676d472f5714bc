import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "./app-error.ts";

describe("AppError", () => {
  it("carries a code, a message, and what to do", () => {
    const error = new AppError("E_INPUT", "no such file", { hint: "name another", cause: "ENOENT" });
    expect(error).toMatchObject({ name: "AppError", code: "E_INPUT", message: "no such file", hint: "name another", cause: "ENOENT" });
    expect(error).toBeInstanceOf(Error);
  });

  it("has no hint and no cause when none was given", () => {
    const error = new AppError("E_USAGE", "no");
    expect([error.hint, "cause" in error]).toEqual([undefined, false]);
  });

  it("shows no secret", () => {
    const error = new AppError("E_CONFIG", "bad value https://me:hunter2@host/", { hint: "unset PIP_INDEX_URL=https://me:hunter2@host/" });
    expect(`${error.message} ${error.hint ?? ""} ${error.stack ?? ""}`).not.toContain("hunter2");
  });

  it.each<[ErrorCode, number]>([
    ["E_USAGE", 2], ["E_UNKNOWN_ID", 2], ["E_INPUT", 2], ["E_CONFIG", 2], ["E_FACTS", 2], ["E_JOURNAL", 2], ["E_STATE", 2], ["E_FOREIGN_RUN", 2], ["E_PRIVILEGE", 2],
    ["E_LOCKED", 3], ["E_CHANGED", 3], ["E_REFUSED", 3], ["E_STEP", 3], ["E_NOT_UNDOABLE", 3],
  ])("%s ends with exit code %i", (code, exit) => {
    expect(new AppError(code, "x").exitCode).toBe(exit);
  });
});
